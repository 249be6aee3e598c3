assessment-title = Self-assessment
assessment-state-drafting = The agency assesses itself
assessment-state-submitted = Self-assessment submitted
assessment-state-appraised1 = Appraised in round 1
assessment-state-explaining = The agency explains
assessment-state-explained = Explanations sent
assessment-state-appraised2 = Appraised in round 2
assessment-state-final = Decided by the council
assessment-not-opened = Self-assessment has not opened yet.
assessment-is-sent = The self-assessment was submitted and is locked. If it must be changed, the head asks the standing body to re-open it.
assessment-is-final = The council has decided; nothing can be changed any more.
assessment-expired = The window ended at { $at }. If you need more time, ask the standing body to extend it.
assessment-no-end = The plan sets no end.
assessment-days-left = { $n } days left, until { $at }.
assessment-hours-left = { $n ->
    [one] 1 hour
   *[other] { $n } hours
} left, until { $at }.
assessment-minutes-left = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
} left, until { $at }.

assessment-not-started = Not started
assessment-in-progress = In progress
assessment-problem = Needs a look
assessment-ready = Ready
assessment-nothing-owed = Nothing owed

assessment-progress = { $ready } of { $total } items ready
assessment-progress-rest = { $not_started } not started, { $in_progress } in progress, { $problem } to look at
assessment-field-progress = { $ready } of { $total } ready
assessment-points-so-far = Points claimed so far
assessment-points = points
assessment-next-unready = Next item that isn’t ready
assessment-check = Check the self-assessment
assessment-check-and-submit = Check and submit
assessment-read-all = Read the whole self-assessment
assessment-back-to-list = Back to the list
assessment-show = Show
assessment-show-all = All
assessment-show-unready = Not ready
assessment-show-mine = Assigned to me
assessment-none-shown = There are no such items.
assessment-assigned-to = Assigned to { $who }
assessment-changed = Changed by { $by } at { $at }
assessment-documents = { $n ->
    [one] 1 document
   *[other] { $n } documents
}

assessment-about = How it is scored, and evidence
assessment-own-score = Own score
assessment-at-most = { $max } points at most
assessment-figures = Figures of the self-assessment
assessment-level-points = { $points } points
assessment-among-others = The figures are complete. The points ({ $max } at most) compare with the highest value of the block, so they show once the others have submitted.
assessment-by-hand = The score { $score } was set in the workbook; changing a figure computes it anew.
assessment-applicability = Applicability
assessment-does-not-apply = This item does not apply to the agency
assessment-does-not-apply-hint = Its maximum leaves the denominator. Say why in the remark; the figures above do not count.
assessment-applies-to-all = This item applies to every agency
assessment-remark = Remark
assessment-remark-hint = What the figures mean, why the item does not apply, or why there is no evidence. At most 10,000 characters.
assessment-save-and-go-on = Save and go to the next item

assessment-saving = Saving…
assessment-waiting = There are changes that are not saved yet.
assessment-saved-at = Saved at { $at }
assessment-saved-but = Saved at { $at }, except for { $n ->
    [one] one field whose error is shown above
   *[other] { $n } fields whose errors are shown above
}
assessment-offline = Not saved: there is no connection. What you typed stays on this page and is saved as soon as there is one; please leave the tab open.
assessment-restored = What could not be saved last time was restored and is being saved.
assessment-field-not-saved = This field was not saved; the value saved before still stands.
assessment-some-not-saved = Some fields were not saved
assessment-not-saved = What you entered was not saved
assessment-kept-to-copy = What you typed is still in the form below, to be copied.
assessment-clash = { $by } changed this item at { $at }
assessment-clash-self = You changed this item in another window at { $at } ({ $by })
assessment-clash-why = What you entered is not saved and not lost. Compare the two and choose which to keep; the other stays in the history.
assessment-clash-both = Both versions
assessment-clash-what = What
assessment-clash-theirs = As saved
assessment-clash-mine = Yours
assessment-blank = (blank)
assessment-keep-mine = Keep mine
assessment-take-theirs = Take what is saved

assessment-open-items = Items incomplete or to look at
assessment-change = Change
assessment-acknowledge-gap = I know that this item is incomplete and will not be scored
assessment-acknowledge-warning = I know this, and submit all the same
assessment-submit-head = Submit the self-assessment
assessment-submit-why = Once submitted, the figures are locked and the working group begins round 1. You get a receipt with the time and a hash of all that was submitted.
assessment-submit-open = { $n ->
    [one] One item is incomplete or should be looked at.
   *[other] { $n } items are incomplete or should be looked at.
} Complete them, or tick the acknowledgement at each before you submit.
assessment-submit = Submit
assessment-head-submits = The head of the agency checks and submits on this page.
assessment-not-submitted = It was not submitted
assessment-changed-since = Something has changed since you opened this page. Please look again, then submit.
assessment-unacknowledged = { $n ->
    [one] One item is incomplete or should be looked at, and was not acknowledged.
   *[other] { $n } items are incomplete or should be looked at, and were not acknowledged.
} Everything entered is still there.

assessment-receipt = Receipt
assessment-receipt-head = Receipt of the self-assessment
assessment-receipt-at = Submitted at
assessment-receipt-by = Submitted by
assessment-receipt-hash = SHA-256 of what was submitted
assessment-receipt-line = Line { $n } of the audit log, its hash
assessment-receipt-gaps = Incomplete items, acknowledged
assessment-receipt-warnings = Warnings acknowledged
assessment-receipt-stands = What is there now is what was submitted.
assessment-receipt-changed = What is there now differs from what was submitted: the self-assessment was re-opened, or documents were added afterwards.
assessment-receipt-why = The hash covers every figure, every document and the remarks of the agency. Whoever has the same content can compute it again.
assessment-no-receipt = The agency has not submitted its self-assessment, or it was imported from a workbook.
assessment-none = none

assessment-assign = Assign
assessment-assign-why = Choose items and who fills them in. It tells who does what; other officers of the agency can still change them.
assessment-assign-to = Assign to
assessment-assign-to-nobody = Nobody in particular
assessment-assign-nothing = Choose at least one item
assessment-assign-nobody = Choose who fills them in
assessment-not-assigned = Nothing was assigned

assessment-explanations = Explanations
assessment-nothing-to-explain = The draft of round 1 has not been sent; there is nothing to explain yet.
assessment-explanations-so-far = Explained so far: { $n }. Appraised otherwise than claimed: { $differing }.
assessment-differing = Appraised otherwise than claimed
assessment-differing-why = Own score → score of round 1. Where nothing is explained, the result of round 1 stands.
assessment-none-differing = Round 1 accepts every figure of the agency.
assessment-not-differing = { $n ->
    [one] 1 item without a difference
   *[other] { $n } items without a difference
}
assessment-explained = Explained
assessment-not-explained = Not explained
assessment-why-round1 = Why round 1 says so
assessment-all-figures = See the figures of both and how they count
assessment-explanation = Explanation
assessment-explanation-hint = Say on what it rests, with numbers and dates of documents. The figures stay locked; evidence may be added. At most 10,000 characters.
assessment-save-explanation = Save and go back to the list
assessment-send-explanations = Send the explanations
assessment-send-explanations-why = Once sent, they are locked, and round 2 looks at the items that were explained.
assessment-head-sends = The head of the agency sends the explanations on this page.
assessment-explanations-not-sent = The explanations were not sent

assessment-rule = How it is scored
assessment-evidence-wanted = Evidence wanted
assessment-sheet = Spreadsheet
assessment-sheet-out = Take the spreadsheet out
assessment-sheet-out-why = The .xlsx holds every item that the agency fills in, with what is there already. Only unlocked cells are to be filled in.
assessment-sheet-download = Download the .xlsx
assessment-sheet-in = Bring it back in
assessment-sheet-in-why = Every change and every wrong cell is shown before anything is written. With one wrong cell nothing is.
assessment-sheet-file = The .xlsx, filled in
assessment-sheet-preview = Show what changes
assessment-sheet-no-file = Choose the .xlsx that was filled in.
assessment-sheet-too-large = The file is larger than 5 MB or did not arrive whole. Use the file that this page exports.
assessment-sheet-wrong = { $n ->
    [one] One cell is wrong. Correct it
   *[other] { $n } cells are wrong. Correct them
}, then import the file again.
assessment-sheet-nothing-changed = Nothing was written from the file
assessment-sheet-cells = Wrong cells
assessment-sheet-row = Row
assessment-sheet-place = Where
assessment-sheet-what = What is wrong
assessment-sheet-instead = What would be right
assessment-sheet-changes = { $n ->
    [one] 1 item changes
   *[other] { $n } items change
}
assessment-sheet-same = The file holds nothing other than what is saved.
assessment-sheet-now = Now
assessment-sheet-then = By the file
assessment-sheet-changed-since = { $by } changed this item at { $at }, after the file was made.
assessment-sheet-over = Write what the file says all the same
assessment-sheet-apply = Write the changes
assessment-sheet-overtaken = Somebody has just changed the items { $items }. Import the file again to see what changes now.
assessment-sheet-invalid = Item { $item } has a value that cannot be recorded. Import the file again.

assessment-overview = The agency’s own remarks
assessment-overview-why = This is printed in the self-assessment report, before and behind the figures. A part that is blank is not printed. It is locked with the self-assessment when the head submits it.
assessment-overview-results = How the year’s reform plan was carried out, and what stands out. At most 10,000 characters a part.
assessment-overview-limits = What was not done, or late.
assessment-overview-causes = Causes within the agency and outside.
assessment-overview-proposals = What the agency will do; what it proposes to the city and to others.
assessment-overview-save = Save and go back to the check
assessment-overview-none = Nothing is written. The report will hold figures only.
assessment-overview-write = Write or change the remarks
assessment-overview-clash = { $by } changed these remarks at { $at }
