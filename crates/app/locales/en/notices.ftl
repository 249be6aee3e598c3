# Notices: the value is the subject, `.body` the text. Inbox and mail share them.

notice-window_opened = Open: { $window }
    .body = { $window } is open until the end of { $until }. Please finish in time; after that it locks by itself.

notice-window_closes = { $days ->
    [0] Ends today: { $window }
    [1] Ends tomorrow: { $window }
   *[other] { $days } days left: { $window }
 }
    .body = { $window } ends at the end of { $until } and is not finished. After that it locks by itself. If you need more time, ask the standing body.

notice-window_missed = Overdue: { $window }
    .body = { $window } ended at the end of { $until } and was not finished. Whatever was entered is kept. The standing body can re-open it where there is a reason.

notice-task_due = { $days ->
    [0] Task { $task } is due today
    [1] Task { $task } is due tomorrow
   *[other] Task { $task } is due in { $days } days
 }
    .body = “{ $title }” is to be done by { $due }. Owner: { $owner }.

notice-task_overdue = Task { $task } is overdue
    .body = “{ $title }” was to be done by { $due } and is not recorded as done. Owner: { $owner }.

notice-submitted = { $agency } has submitted its self-assessment
    .body = { $by } submitted the self-assessment of { $agency } at { $at }. It is locked. Receipt: { $receipt }.

notice-draft_sent = Draft result of round { $round }: { $agency }
    .body = The draft result of appraisal round { $round } for { $agency } was sent at { $at }.

notice-draft_sent-explain = The agency explains and adds evidence until the end of { $until }.

notice-explanation_received = { $agency } has sent its explanations
    .body = { $by } sent the explanations of { $agency } at { $at }. Round 2 can look at them.

notice-reopened = Re-opened: { $agency }
    .body = The standing body has re-opened the assessment of { $agency } until the end of { $until }. Reason: { $reason }

notice-extended = More time for { $agency }
    .body = { $window } of { $agency } now lasts until the end of { $until }. Reason: { $reason }

notice-returned = Returned to the appraisers: { $agency }
    .body = The draft of round { $round } for { $agency } goes back to the working group. Reason: { $reason }

notice-lapsed = Locked: { $window } of { $agency }
    .body = The time is over and the head of { $agency } has not sent anything; at { $at } what had been entered was taken as sent. { $window } of the agency is locked.

notice-council_returned = The council wants round 2 done over
    .body = At { $at } the results of round 2 went back to the working group. Reason: { $reason }

notice-council_convened = The Appraisal Council meets on { $on }
    .body = The Appraisal Council meets, or votes in writing, from { $on } on. Place and form: { $place }

notice-council_decided = The Appraisal Council has decided
    .body = The Appraisal Council voted at { $at }. The results are fixed.

notice-survey_handed_over = The survey's results have been handed over
    .body = { $by } handed over the results of the survey at { $at }; its points now count in the index. SHA-256 of the counts: { $hash }

notice-survey_taken_back = The survey's results were given back
    .body = { $by } gave the results of the survey back at { $at }. Reason: { $reason }

notice-account_link = Link to set your password
    .body = A one-time link to set your password was issued at { $at } and is valid until { $until }. If you did not ask for it, tell the operator.

notice-window-self_assessment = Self-assessment
notice-window-appraisal1 = Appraisal, round 1
notice-window-explanation = Explanation
notice-window-appraisal2 = Appraisal, round 2
notice-window-council = Appraisal Council
notice-window-fieldwork = Fieldwork of the survey
notice-window-of = { $window } of { $agency }

notice-mail-subject = [{ $short }] { $subject }
notice-mail-short = PAR Index { $year }
notice-mail-greeting = Dear { $name },
notice-mail-open = See it in the system:
notice-mail-link = Open this link to set your password; it works once:
notice-mail-gone = The link is no longer in this mail; ask the operator for a new one.
notice-mail-footer = This mail was sent by the system; please do not reply. Choose language and kinds of mails on the page Notices:
notice-mail-notices = Please note: { $said }.
