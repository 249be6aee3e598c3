points-title = Points of the survey
points-blocks = Block
points-stand-live = As it stands while answers come in, for those who run the survey only; not in the index.
points-stand-closed = Fieldwork is closed: points change only by looking through responses or by SIPAS results. Not handed over, not in the index.
points-stand-handed-over = Handed over to the standing body, and in the index.
points-hash = SHA-256 of the counts:
points-table = Points by agency and item of the survey
points-agency = Agency
points-answers = Answers
points-total = Points of the survey
points-items = Titles of the items
points-missing = { $n ->
    [one] 1 item missing
   *[other] { $n } items missing
}
points-of = Points of the survey: { $agency }
points-sizes = Answers that count
points-rules = Points with and without each rule
points-rules-hint = The first column is what counts. The others say what the points would be without a rule, or if that rule refused every response that it flags.
points-reading-decided = As frozen
points-reading-without = Without: { $part }
points-reading-refusing = Refusing all: { $part }
points-part-valid_share = share of answered questions
points-part-straight_line = the same answer throughout
points-part-too_fast = given too fast
points-hand-over-does = The counts on this page are written into the campaign and enter the index; the standing body is told. From then on nobody changes responses or reads in files, unless the standing body gives them back with a reason.
points-task = Task of the plan that is done with it
points-task-hint = The task is marked done, with the SHA-256 of the counts as its deliverable.
points-no-task = Mark no task
points-take-back-does = The survey's counts leave the index; the survey is closed as it was before. Possible until the council has decided. No response and no file is lost.
points-decided = The campaign stands at “{ $phase }”: the council has decided, and the index changes no more. Nothing was changed.
points-nothing = No answer counts yet; nothing was handed over.
points-changed = The counts have changed since the page was opened; nothing was handed over. Look at them below, then hand over.
points-imported = These counts came with the campaign's workbook; there are no responses to count again. Nothing was changed.
survey-part-points = Points
survey-part-points-holds = Points by agency and item with their explanation; with and without each rule; handing over into the index.
