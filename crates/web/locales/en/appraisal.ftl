appraisal-title = Appraisal
appraisal-of = Appraisal: { $agency }
appraisal-round-1 = round 1
appraisal-round-2 = round 2
appraisal-owed = To decide
appraisal-owed-n = { $n } to decide
appraisal-owed-of = { $n } of { $all } to decide
appraisal-progress = Decided
appraisal-decided-of = { $n } of { $all } decided
appraisal-decided-head = Decided
appraisal-nothing-owed = Nothing waits for your decision now.
appraisal-next = Next:
appraisal-next-item = Next item to decide
appraisal-by-item = By item
appraisal-by-agency-head = By agency
appraisal-agency = Agency
appraisal-agency-state = Agency
appraisal-maximum = Maximum
appraisal-own-score = Claimed
appraisal-documents = Evidence
appraisal-documents-of = { $n ->
    [one] 1 document of { $agency }
   *[other] { $n } documents of { $agency }
 }
appraisal-new = new
appraisal-remarks = Remarks
appraisal-remarks-explained = Remarks and explanation
appraisal-result = Appraised
appraisal-results = The agency's results
appraisal-state = State
appraisal-decision = Decision
appraisal-by-agency = Agency's remark:
appraisal-by-group = Working group's remark:
appraisal-explains = Explanation
appraisal-corrected-to = corrected to
appraisal-all-agencies = This item of all agencies
appraisal-claim = What the agency claims
appraisal-history = History of the appraisal
appraisal-last = Last change: { $by }, { $at }.

appraisal-accept = Accept
appraisal-accept-2 = Accept the explanation
appraisal-keep = Keep round 1
appraisal-adjust = Adjust
appraisal-save = Save the decision
appraisal-clear = Take the decision back
appraisal-accept-all = { $n ->
    [one] Accept 1 item as claimed
   *[other] Accept { $n } items as claimed
 }
appraisal-accept-all-hint = Only what is undecided, complete, and has evidence or a remark.
appraisal-bulk-done = { $n ->
    [one] 1 item accepted as claimed.
   *[other] { $n } items accepted as claimed.
 }
appraisal-bulk-passed = { $n ->
    [one] 1 item was not accepted:
   *[other] { $n } items were not accepted:
 }
appraisal-passed-changed = changed or decided since you opened the page
appraisal-passed-not-plain = incomplete, or without evidence and remark; look at it by itself
appraisal-passed-not-now = this agency cannot be appraised now

appraisal-reason = Reason
appraisal-remark = Remark
appraisal-remark-hint = Needed where the result differs from the claim. The agency will read it.
appraisal-live-hint = The score is computed as you choose or type.
appraisal-not-decided = The decision was not saved; what you wrote is still below
appraisal-changed = { $by } changed this item at { $at }, after you opened the page. Your decision was not saved; look at what is there now and decide again.
appraisal-since = (by { $by }, { $at }). Your decision was not saved.
appraisal-not-yours = Somebody else appraises this field.
appraisal-conflict = You work at this agency, so you don't appraise it. Appraised by: { $who }.
appraisal-conflict-nobody = You work at this agency, so you don't appraise it. Nobody else is assigned to this field: please tell the standing body.
appraisal-writes-self = The agency assesses itself, or was let do so again.
appraisal-writes-explanation = The agency explains, or was let do so again.
appraisal-approved = The draft of { $round } is approved; the standing body can return it.
appraisal-decided = The council has decided.
appraisal-expired = The time for { $round } ended at { $at }; the standing body can extend it.

decision-accept = Accept as claimed
decision-accept-2 = Accept the explanation: as the agency claims
decision-keep = Keep the result of round 1
decision-correct = Correct the figures
decision-score = Set the score
decision-not-applicable = Does not apply to the agency

appraisal-phrases = Phrases for remarks
appraisal-phrases-hint = Only you see them; choose one when writing a remark.
appraisal-phrase-add = Add a phrase to the remark
appraisal-phrase-new = New phrase
appraisal-phrase-keep = Keep the phrase
appraisal-phrase-forget = Forget
appraisal-phrase-empty = Write the phrase
appraisal-phrase-too-long = A phrase has at most { $n } characters on one line
appraisal-phrase-too-many = You keep { $n } phrases already; forget one first

appraisal-keys = Keyboard shortcuts
appraisal-keys-on = Use single-key shortcuts on this page
appraisal-keys-hint = Shortcuts do nothing while you type. Everything can be done by buttons and links as well.
appraisal-key-move = next row, previous row
appraisal-key-next = next row to decide; after the last one, the next item
appraisal-key-accept = accept
appraisal-key-keep = keep round 1
appraisal-key-edit = adjust
appraisal-key-help = open or close this list

item-state-open = Undecided
item-state-accepted1 = Accepted
item-state-adjusted1 = Adjusted, round 1
item-state-disputed = Explained
item-state-kept = Round 1 kept
item-state-accepted2 = Explanation accepted
item-state-adjusted2 = Adjusted, round 2
item-state-decided = Decided by the council

item-event-accept1 = Round 1: accepted
item-event-adjust1 = Round 1: adjusted
item-event-clear1 = Round 1: decision taken back
item-event-explain = Agency explained
item-event-keep2 = Round 2: round 1 kept
item-event-accept2 = Round 2: explanation accepted
item-event-adjust2 = Round 2: adjusted
item-event-decide = Decided by the council

