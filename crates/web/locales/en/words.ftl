phase-draft = Set-up
phase-open = Self-assessment
phase-appraisal1 = Appraisal, round 1
phase-explanation = Explanation
phase-appraisal2 = Appraisal, round 2
phase-council = Appraisal Council
phase-decided = Decided by the council
phase-published = Published
phase-archived = Archived

role-standing_body = Standing body
role-officer = Agency officer
role-head = Head of agency
role-appraiser = Appraiser (working group)
role-council = Council member
role-survey_officer = Survey officer
role-monitor = Monitoring team
role-finance = Finance officer
role-operator = Operator

role-reads-standing_body = Reads the plan, the rankings and the results of every agency.
role-reads-officer = Reads the plan and the results of their own agency; all results once they are published.
role-reads-head = Reads the plan and the results of their own agency; all results once they are published.
role-reads-appraiser = Reads the plan, the rankings and the results of every agency.
role-reads-council = Reads the plan, the rankings and the results of every agency.
role-reads-survey_officer = Reads the plan; the results once they are published.
role-reads-monitor = Reads the plan; the results once they are published.
role-reads-finance = Reads the plan; the results once they are published.
role-reads-operator = Reads the plan, and no scores.

stream-self = Self-assessment
stream-appraisal1 = Appraisal 1
stream-final = Appraisal 2 and council

word-yes = Yes
word-no = No
word-up = up
word-down = down
word-same = unchanged
word-not-applicable = Not applicable
word-applies = Applies
word-missing = Missing
word-nothing-owed = Nothing owed
word-survey = Survey
word-external = Imported
