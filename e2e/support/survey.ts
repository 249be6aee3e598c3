/** What answers to a survey come to, reckoned anew from the sheets: nothing here has seen the program. */

import { read } from "./sheets";

/** A question with one answer, as the sheet `questions` has it, with its choices in their order. */
export interface Question {
  name: string;
  item: string;
  weight: number;
  required: boolean;
  choices: { name: string; label: string; worth: number | null }[];
}

/** What one respondent says of one agency: a choice for each question. */
export type Said = Record<string, string>;

/** How often each choice of a question was given, by form, question and choice. */
export type Counts = Map<string, Map<string, Map<string, number>>>;

/** The questions of a form with one answer, in their order. */
export function questions(form: string): Question[] {
  const choices = read("choices").toSorted((a, b) => Number(a["order"]) - Number(b["order"]));
  const asked = read("questions").filter((row) => row["form"] === form && row["type"]?.startsWith("select_one "));
  return asked
    .toSorted((a, b) => Number(a["order"]) - Number(b["order"]))
    .map((row) => ({
      name: row["name"] ?? "",
      item: row["item"] ?? "",
      weight: Number(row["weight"] || "1"),
      required: row["required"] === "yes",
      choices: choices
        .filter((choice) => `select_one ${choice["list"]}` === row["type"])
        .map(({ name = "", label = "", points }) => ({ name, label, worth: points ? Number(points) : null })),
    }));
}

/** Answers every required question: with the choice of that place, from its number. */
export function saying(form: string, place: (question: number) => number): Said {
  const asked = questions(form).filter((question) => question.required);
  return Object.fromEntries(asked.map(({ name, choices }, at) => [name, choices[place(at) % choices.length]?.name ?? ""]));
}

export function count(counts: Counts, form: string, question: string, choice: string, many = 1): void {
  const of = counts.get(form) ?? new Map<string, Map<string, number>>();
  const choices = of.get(question) ?? new Map<string, number>();
  choices.set(choice, (choices.get(choice) ?? 0) + many);
  counts.set(form, of.set(question, choices));
}

const sum = (all: Iterable<number>) => [...all].reduce((a, b) => a + b, 0);

/** Σ weight · value ÷ Σ weight. */
function mean(parts: { weight: number; value: number }[]): number | undefined {
  const weights = sum(parts.map(({ weight }) => weight));
  return weights > 0 ? sum(parts.map(({ weight, value }) => weight * value)) / weights : undefined;
}

/** The points of each item that a block's survey feeds: by groups, those with fewer forms than the minimum left out. */
export function points(block: string, counts: Counts, minimum: number): Map<string, number | undefined> {
  const items = read("criteria").filter((row) => row["block"] === block && row["rule"] === "survey");
  const forms = read("forms").filter((row) => row["block"] === block);
  const weightOf = (group = "") => Number(read("groups").find((row) => row["block"] === block && row["code"] === group)?.["weight"]);
  const asked = new Map(forms.map(({ code = "" }) => [code, questions(code)]));

  const ofGroup = (form: string, item: string): number | undefined => {
    const given = counts.get(form) ?? new Map<string, Map<string, number>>();
    if (Math.max(0, ...[...given.values()].map((choices) => sum(choices.values()))) < minimum) return undefined;
    const means = (asked.get(form) ?? []).filter((question) => question.item === item).flatMap(({ name, weight, choices }) => {
      const worth = choices.flatMap((choice) => (choice.worth === null ? [] : [{ weight: given.get(name)?.get(choice.name) ?? 0, value: choice.worth }]));
      const value = mean(worth);
      return value === undefined ? [] : [{ weight, value }];
    });
    return mean(means);
  };
  const reckon = ({ code = "", max_points }: Record<string, string>) => {
    const groups = forms.flatMap(({ code: form = "", group }) => {
      const value = ofGroup(form, code);
      return value === undefined ? [] : [{ weight: weightOf(group), value }];
    });
    const share = mean(groups);
    return [code, share === undefined ? undefined : (Number(max_points) * share) / 100] as const;
  };
  return new Map(items.map(reckon));
}
