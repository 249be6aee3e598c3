campaign-today = Today
campaign-period = Period assessed
campaign-progress = Tasks
campaign-done-of = { $done } of { $all } done
campaign-own-index = Your agency's index ({ $stream })
campaign-own-more = See the result and how it came about
campaign-means = Mean index of each block ({ $stream })
campaign-ranked = { $ranked } of { $assessed } agencies have an index
campaign-what-is-late = Late
campaign-nothing-late = No task is late.
campaign-what-is-next = Due next
campaign-nothing-next = No task lies ahead.
campaign-timeline = Timeline
campaign-plan = Tasks of the plan
campaign-number = No.
campaign-task = Task
campaign-owner = Owner
campaign-product = Product
campaign-due = Due
campaign-standing = Status
campaign-note = Note
campaign-done = Done
campaign-done-late = { $days ->
    [one] Done, 1 day late
   *[other] Done, { $days } days late
 }
campaign-late = { $days ->
    [one] 1 day late
   *[other] { $days } days late
 }
campaign-running = Under way
campaign-open = Open
campaign-ahead = Ahead
campaign-key-running = Under way or late
campaign-key-late = Time overdue
campaign-key-today = Today, { $day }
campaign-basis = Legal basis

campaign-course = Course of the campaign
campaign-stage-done = (passed)
campaign-since = Since { $at }
campaign-until = Until { $end }
campaign-left = { $left } left
campaign-over = The time is over
campaign-end-of-day = the end of { $day }
campaign-days = { $n ->
    [one] 1 day
   *[other] { $n } days
 }
campaign-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
 }
campaign-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
 }
campaign-or = Or:
campaign-next-step = Next step:
campaign-nothing-in-the-way = It can be taken now.
campaign-check-first = Check before you do it
campaign-no-next = In this phase there is no step for the standing body to take.
campaign-taken = Steps taken
campaign-when = When
campaign-what = Step
campaign-by = By
campaign-remark = Remark
campaign-step-done = Done: { $step }.

campaign-step-open = Open self-assessment
campaign-step-does-open = Agencies enter their points, attach evidence and submit their self-assessment.
campaign-step-close_self_assessment = End self-assessment
campaign-step-does-close_self_assessment = Self-assessment ends for every agency but those with more time; the working group begins round 1. Of those who have not submitted, what they have entered counts.
campaign-step-send_round1 = Send the draft of round 1
campaign-step-does-send_round1 = The draft of round 1 goes to every agency at once, never item by item; they explain.
campaign-step-close_explanation = End the explanations
campaign-step-does-close_explanation = Explaining ends for every agency but those with more time; the working group begins round 2. Of those who have not sent theirs, what they have written counts.
campaign-step-send_round2 = Send the result of round 2
campaign-step-does-send_round2 = The result of round 2 goes to the council and to every agency at once.
campaign-step-return_to_round2 = Return it to round 2
campaign-step-does-return_to_round2 = The council wants it appraised again: every agency goes back to round 2.
campaign-step-decide = The council decides
campaign-step-does-decide = The council decides on its own page.
campaign-step-publish = Publish
campaign-step-does-publish = The result is published.
campaign-step-archive = Archive
campaign-step-does-archive = The campaign is closed.

campaign-in-the-way = This cannot be done yet
campaign-consequences = If you do this
campaign-awaits = It waits for { $n } of { $all } agencies.
campaign-waits = { $n ->
    [one] 1 agency: { $state } – { $who }
   *[other] { $n } agencies: { $state } – { $who }
 }
campaign-waits-late = { $n ->
    [one] 1 agency is late: { $state } – { $who }
   *[other] { $n } agencies are late: { $state } – { $who }
 }
campaign-whose-agency = waits for the agency
campaign-whose-appraisers = waits for the working group, then for approval by the standing body
campaign-whose-standing = waits for the standing body
campaign-whose-nobody = waits for nobody
campaign-effect-lapsed = { $n ->
    [one] 1 agency is past its time and has not sent anything: what it has entered counts, and it can change nothing any more.
   *[other] { $n } agencies are past their time and have not sent anything: what they have entered counts, and they can change nothing any more.
 }
campaign-effect-cut = { $n ->
    [one] 1 agency has not sent anything although the plan gives it more time: what it has entered counts, and it can change nothing any more.
   *[other] { $n } agencies have not sent anything although the plan gives them more time: what they have entered counts, and they can change nothing any more.
 }
campaign-effect-writes = { $n ->
    [one] 1 agency was given more time and goes on until that ends.
   *[other] { $n } agencies were given more time and go on until that ends.
 }
campaign-effect-sent1 = The draft goes to { $n } agencies; they begin to explain.
campaign-effect-sent2 = The result goes to every agency; nothing changes from here on, unless the council returns it.
campaign-effect-returned = { $n } agencies go back to round 2; earlier approvals no longer hold.
campaign-effect-task-done = Task { $task } is recorded as done today: { $title }
campaign-effect-task-begins = Task { $task } begins, until the end of { $until }: { $title }
campaign-window-over = The time of task { $task } is over ({ $end }), so that no agency could do anything. Change its dates in the plan first.
campaign-logged = The step is logged with the name of whoever takes it; those concerned are notified.
campaign-acknowledge = { $n ->
    [one] I know that 1 agency loses the time it has left.
   *[other] I know that { $n } agencies lose the time they have left.
 }
campaign-remark-optional = Remark (optional)
campaign-reason = Reason
campaign-cancel = Don't
campaign-back = Back
campaign-not-done = Not done, nothing was changed
campaign-not-from-here = The campaign stands at “{ $phase }”; this step cannot be taken from there.
campaign-out-of-place = This step cannot be taken in the present phase.
campaign-refused-awaits = { $n ->
    [one] 1 agency is not as far yet; see below.
   *[other] { $n } agencies are not as far yet; see below.
 }
campaign-refused-cut = { $n ->
    [one] 1 agency still has time by the plan. Please confirm that you know.
   *[other] { $n } agencies still have time by the plan. Please confirm that you know.
 }
campaign-refused-reason = Please give a reason.
campaign-moved-by = { $by } has just taken the step “{ $step }” at { $at }. The campaign stands at “{ $phase }”.
campaign-moved = The campaign has moved on to “{ $phase }”.

campaign-agencies = Where the agencies stand
campaign-state-drafting = Assessing itself
campaign-state-submitted = Submitted, in round 1
campaign-state-appraised1 = Round 1 approved
campaign-state-explaining = Explaining
campaign-state-explained = Explained, in round 2
campaign-state-appraised2 = Round 2 approved
campaign-state-final = Decided by the council
campaign-column-agency = Agency
campaign-column-block = Block
campaign-column-state = State
campaign-column-since = Since
campaign-column-end = Until
campaign-column-progress = Items appraised
campaign-column-entered = Items entered
campaign-by-import = imported from the workbook
campaign-any = All
campaign-late-only = Late ones only ({ $n })
campaign-late-agency = Late
campaign-filter = Filter
campaign-shown = { $n } of { $all } agencies
campaign-extended = more time
campaign-extended-why = Reason for more time
campaign-disputed = { $n ->
    [one] 1 explained item waits
   *[other] { $n } explained items wait
 }
campaign-approve-ready = { $n ->
    [one] Approve 1 agency that is appraised
   *[other] Approve { $n } agencies that are appraised
 }
campaign-approve-all = Approve the agencies that are appraised
campaign-approve-all-does = { $n ->
    [one] 1 agency has no item left to appraise. Once approved, the working group changes nothing any more; it can be returned.
   *[other] { $n } agencies have no item left to appraise. Once approved, the working group changes nothing any more; they can be returned.
 }
campaign-approve-none = No agency is wholly appraised yet.
campaign-approved = { $n ->
    [one] 1 agency approved.
   *[other] { $n } agencies approved.
 }
campaign-approved-some = { $approved } approved; { $refused } have just changed and were not approved.
campaign-approve = Approve the draft
campaign-approve-does = Once approved, the draft does not change any more and waits to be sent with all the others.
campaign-return = Return it to the working group
campaign-return-does = The approved draft is opened again for appraisal.
campaign-lapse = Take what is there
campaign-lapse-does = The time of the agency is over and its head has not sent anything. What was entered counts as sent.
campaign-reopen = Let the agency write again
campaign-reopen-does = The agency may change and send once more until the end of the day chosen. Nothing changes for the others.
campaign-extend = Give the agency more time
campaign-extend-does = The agency has time until the end of the day chosen. Nothing changes for the others.
campaign-last-day = Last day (until midnight)
campaign-agency-results = The agency's points and evidence
campaign-agency-done = Done.
campaign-agency-changed = { $by } has changed it at { $at }; it is now: { $state }. Look again, then do it if it is still needed.
campaign-agency-out-of-place = This cannot be done in the present state and phase.
campaign-agency-unresolved = { $n ->
    [one] 1 item waits for a decision, so that it cannot be approved.
   *[other] { $n } items wait for a decision, so that it cannot be approved.
 }
campaign-agency-has-time = The agency still has time: { $end }.
campaign-agency-no-end = The plan sets no end for this.
campaign-agency-reason = Give a reason of { $n } characters at most.
campaign-agency-until = Choose a day after the present end ({ $after }).

campaign-mine = What waits for me
campaign-mine-drafting = Your agency: { $ready } of { $all } items ready. { $left }.
campaign-mine-explaining = Your agency explains the draft of round 1. { $left }.
campaign-mine-sent = Your agency: { $state }.
campaign-mine-no-end = The plan sets no end
campaign-mine-assessment = Self-assessment
campaign-mine-explanations = Explanations
campaign-mine-owed = { $n } of { $all } items wait for your decision.
campaign-mine-owed-nothing = No item waits for your decision now.
campaign-mine-appraisal = Items to appraise
campaign-mine-step = Next step: { $step }.
campaign-mine-step-waits = Next step: { $step }. It waits for { $n } agencies.
campaign-mine-ready = { $n ->
    [one] 1 agency is wholly appraised and waits for approval.
   *[other] { $n } agencies are wholly appraised and wait for approval.
 }
campaign-mine-votes = { $n ->
    [one] 1 matter waits for your vote.
   *[other] { $n } matters wait for your vote.
 }
campaign-mine-not-convened = The council has not been convened.
campaign-mine-council = The council's file
