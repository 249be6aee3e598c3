//! All that is known of a batch, and what may be done with it.

use super::{Batch, Closing, KeyerCount, Keying, Mark, Refusal, Settling, SheetState};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A batch with everything that was recorded of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// The batch.
    pub batch: Batch,
    /// Oldest first.
    pub marks: Vec<Mark>,
    /// By serial and place; none once it is closed.
    pub keyings: Vec<Keying>,
    /// By serial; none once it is closed.
    pub settlings: Vec<Settling>,
    /// Of a closed batch.
    pub counts: Vec<KeyerCount>,
    /// That it was closed.
    pub closing: Option<Closing>,
}

/// How many sheets there are of each kind. `printed = returned + spoiled + lost + outstanding`, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// All.
    pub printed: u32,
    /// Came back.
    pub returned: u32,
    /// Unusable.
    pub spoiled: u32,
    /// Will not come back.
    pub lost: u32,
    /// Has not come back.
    pub outstanding: u32,
    /// Of those that came back: keyed by one person.
    pub once: u32,
    /// Of those that came back: keyed by two who differ.
    pub differing: u32,
    /// Of those that came back: settled.
    pub settled: u32,
}

impl Sums {
    /// Of those that came back: keyed by nobody yet.
    #[must_use]
    pub fn waiting(&self) -> u32 {
        self.returned.saturating_sub(self.once + self.differing + self.settled)
    }
}

/// How far a sheet is keyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyed {
    /// By nobody.
    No,
    /// By one person.
    Once,
    /// By two who differ.
    Differing,
    /// It is settled.
    Settled,
}

impl Book {
    /// What became of a sheet. One that somebody keyed has come back, whether that was recorded or not.
    #[must_use]
    pub fn state(&self, serial: u32) -> SheetState {
        match self.recorded(serial) {
            SheetState::Outstanding if self.copies(serial).next().is_some() => SheetState::Returned,
            state => state,
        }
    }

    fn recorded(&self, serial: u32) -> SheetState {
        let newest = self.marks.iter().rev().find(|mark| (mark.first..=mark.last).contains(&serial));
        newest.map_or(SheetState::Outstanding, |mark| mark.state)
    }

    /// The copies of a sheet, in their order.
    pub fn copies(&self, serial: u32) -> impl Iterator<Item = &Keying> {
        let from = self.keyings.partition_point(|keying| keying.serial < serial);
        self.keyings.iter().skip(from).take_while(move |keying| keying.serial == serial)
    }

    /// How far a sheet is keyed; of one that is spoiled or lost nothing counts.
    #[must_use]
    pub fn keyed(&self, serial: u32) -> Keyed {
        if self.settlings.binary_search_by_key(&serial, |settling| settling.serial).is_ok() {
            return Keyed::Settled;
        }
        match self.copies(serial).count() {
            _ if self.state(serial) != SheetState::Returned => Keyed::No,
            0 => Keyed::No,
            1 => Keyed::Once,
            _ => Keyed::Differing,
        }
    }

    /// How many sheets there are of each kind.
    #[must_use]
    pub fn sums(&self) -> Sums {
        let mut sums = Sums { printed: self.batch.printed(), ..Sums::default() };
        // Looking for each sheet among all copies would take their square.
        let (states, keyed) = self.all();
        for state in states.values() {
            match state {
                SheetState::Outstanding => sums.outstanding += 1,
                SheetState::Returned => sums.returned += 1,
                SheetState::Spoiled => sums.spoiled += 1,
                SheetState::Lost => sums.lost += 1,
            }
        }
        for keyed in keyed.values() {
            match keyed {
                Keyed::No => {}
                Keyed::Once => sums.once += 1,
                Keyed::Differing => sums.differing += 1,
                Keyed::Settled => sums.settled += 1,
            }
        }
        if let Some(closing) = &self.closing {
            sums.settled = closing.settled;
        }
        sums
    }

    /// Of every sheet: what became of it, and how far it is keyed.
    fn all(&self) -> (BTreeMap<u32, SheetState>, BTreeMap<u32, Keyed>) {
        let mut states: BTreeMap<u32, SheetState> =
            self.batch.serials().map(|serial| (serial, SheetState::Outstanding)).collect();
        for mark in &self.marks {
            for (_, state) in states.range_mut(mark.first..=mark.last.max(mark.first)) {
                *state = mark.state;
            }
        }
        let mut keyed = BTreeMap::new();
        for keying in &self.keyings {
            if let Some(state) = states.get_mut(&keying.serial) {
                if *state == SheetState::Outstanding {
                    *state = SheetState::Returned;
                }
                if *state == SheetState::Returned {
                    let first = !keyed.contains_key(&keying.serial);
                    keyed.insert(keying.serial, if first { Keyed::Once } else { Keyed::Differing });
                }
            }
        }
        keyed.extend(self.settlings.iter().map(|settling| (settling.serial, Keyed::Settled)));
        (states, keyed)
    }

    /// Runs of sheets of which the same is known, in order.
    #[must_use]
    pub fn runs(&self) -> Vec<(RangeInclusive<u32>, SheetState, Keyed)> {
        let (states, keyed) = self.all();
        let mut runs: Vec<(RangeInclusive<u32>, SheetState, Keyed)> = Vec::new();
        for (serial, state) in states {
            let keyed = keyed.get(&serial).copied().unwrap_or(Keyed::No);
            match runs.last_mut() {
                Some((run, of, how)) if *of == state && *how == keyed => *run = *run.start()..=serial,
                _ => runs.push((serial..=serial, state, keyed)),
            }
        }
        runs
    }

    /// Whether anything may still be done.
    ///
    /// # Errors
    /// [`Refusal::Closed`].
    pub fn may_work(&self) -> Result<(), Refusal> {
        if self.closing.is_some() { Err(Refusal::Closed) } else { Ok(()) }
    }

    fn sheet(&self, serial: u32) -> Result<(), Refusal> {
        self.may_work()?;
        if !self.batch.serials().contains(&serial) {
            return Err(Refusal::NoSheet(serial));
        }
        match self.state(serial) {
            state @ (SheetState::Spoiled | SheetState::Lost) => Err(Refusal::Unusable(serial, state)),
            SheetState::Outstanding | SheetState::Returned => Ok(()),
        }
    }

    /// Whether somebody may key a sheet; answers which copy theirs is: 1 or 2.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn may_key(&self, who: &str, serial: u32) -> Result<u32, Refusal> {
        self.sheet(serial)?;
        if let Some(own) = self.copies(serial).find(|copy| copy.by_code == who) {
            return Err(Refusal::KeyedAlready(serial, own.at));
        }
        match self.copies(serial).count() {
            0 => Ok(1),
            1 => Ok(2),
            _ => Err(Refusal::KeyedTwice(serial)),
        }
    }

    /// The lowest sheet that came back and that somebody may key: any of them, or behind the one just keyed.
    #[must_use]
    pub fn next_for(&self, who: &str, behind: Option<u32>) -> Option<u32> {
        let open = |serial: &u32| self.state(*serial) == SheetState::Returned && self.may_key(who, *serial).is_ok();
        let later = behind.and_then(|last| (last.saturating_add(1)..=self.batch.last).find(open));
        later.or_else(|| self.batch.serials().find(open))
    }

    /// The copy that somebody may take back to key it anew: their own, as long as nobody else has keyed the sheet.
    ///
    /// # Errors
    /// [`Refusal::NoCopy`], [`Refusal::Closed`].
    pub fn may_take_back(&self, who: &str, serial: u32) -> Result<&Keying, Refusal> {
        self.may_work()?;
        let mut copies = self.copies(serial);
        match (copies.next(), copies.next()) {
            (Some(own), None) if own.by_code == who => Ok(own),
            _ => Err(Refusal::NoCopy(serial)),
        }
    }

    /// The two copies between which somebody may decide: who has keyed neither.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn may_decide(&self, who: &str, serial: u32) -> Result<[&Keying; 2], Refusal> {
        self.sheet(serial)?;
        if self.keyed(serial) != Keyed::Differing {
            return Err(Refusal::NothingToDecide(serial));
        }
        if let Some(own) = self.copies(serial).find(|copy| copy.by_code == who) {
            return Err(Refusal::KeyedAlready(serial, own.at));
        }
        let mut copies = self.copies(serial);
        copies.next().zip(copies.next()).map(|(first, second)| [first, second]).ok_or(Refusal::NothingToDecide(serial))
    }

    /// The lowest sheet that somebody may decide.
    #[must_use]
    pub fn next_to_decide(&self, who: &str) -> Option<u32> {
        self.batch.serials().find(|serial| self.may_decide(who, *serial).is_ok())
    }

    /// Whether something may be recorded of these sheets.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn may_mark(&self, serials: &RangeInclusive<u32>, state: SheetState, reason: Option<&str>) -> Result<(), Refusal> {
        self.may_work()?;
        let ends = [*serials.start(), *serials.end()];
        if let Some(foreign) = ends.into_iter().find(|serial| !self.batch.serials().contains(serial)) {
            return Err(Refusal::NoSheet(foreign));
        }
        if matches!(state, SheetState::Spoiled | SheetState::Lost) && reason.is_none() {
            return Err(Refusal::NoReason);
        }
        for serial in serials.clone() {
            let settled = self.keyed(serial) == Keyed::Settled;
            if settled && state != SheetState::Returned {
                return Err(Refusal::Settled(serial));
            }
            // What lay before somebody is not away; that it cannot be used may still turn out.
            let keyed = self.copies(serial).next().is_some();
            if keyed && matches!(state, SheetState::Outstanding | SheetState::Lost) {
                return Err(Refusal::HasComeBack(serial));
            }
        }
        Ok(())
    }

    /// Whether the batch may be closed: everything that came back is settled. What is outstanding then stays so.
    ///
    /// # Errors
    /// [`Refusal::Closed`], [`Refusal::Unsettled`].
    pub fn may_close(&self) -> Result<(), Refusal> {
        self.may_work()?;
        let sums = self.sums();
        match sums.returned.saturating_sub(sums.settled) {
            0 => Ok(()),
            open => Err(Refusal::Unsettled(open)),
        }
    }

    /// The runs of sheets that were keyed without anybody having recorded that they came back: said when the batch is closed.
    #[must_use]
    pub fn unrecorded(&self) -> Vec<RangeInclusive<u32>> {
        let mut serials: Vec<u32> = self.keyings.iter().map(|keying| keying.serial).collect();
        serials.dedup();
        serials.retain(|serial| self.recorded(*serial) == SheetState::Outstanding);
        let mut runs: Vec<RangeInclusive<u32>> = Vec::new();
        for serial in serials {
            match runs.last_mut() {
                Some(run) if *run.end() + 1 == serial => *run = *run.start()..=serial,
                _ => runs.push(serial..=serial),
            }
        }
        runs
    }

    /// How well each keyed, over the sheets that are settled, by sign-in name.
    #[must_use]
    pub fn keyers(&self) -> Vec<KeyerCount> {
        if self.closing.is_some() {
            return self.counts.clone();
        }
        let settled: BTreeMap<u32, &Settling> = self.settlings.iter().map(|settling| (settling.serial, settling)).collect();
        let mut counts: BTreeMap<&str, KeyerCount> = BTreeMap::new();
        for keying in &self.keyings {
            let Some(settling) = settled.get(&keying.serial) else { continue };
            let count = counts.entry(&keying.by_code).or_insert_with(|| KeyerCount {
                batch: self.batch.number,
                keyer: keying.by_code.clone(),
                name: keying.by_name.clone(),
                sheets: 0,
                fields: 0,
                wrong: 0,
            });
            count.sheets += 1;
            count.fields += settling.fields;
            count.wrong += if keying.place == 1 { settling.wrong_first } else { settling.wrong_second };
        }
        counts.into_values().collect()
    }

    /// Of the settled sheets: how many a third person decided.
    #[must_use]
    pub fn decided(&self) -> u32 {
        let live = || self.settlings.iter().filter(|settling| settling.by_code.is_some()).count();
        self.closing.as_ref().map_or_else(|| u32::try_from(live()).unwrap_or(u32::MAX), |closing| closing.decided)
    }
}
