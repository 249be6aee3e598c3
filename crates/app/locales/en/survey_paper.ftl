# The cover of a batch of printed forms.

paper-cover-title = Cover of a batch of survey forms
paper-cover-form = Form
paper-cover-rated = Rates
paper-cover-many = { $many } agencies (each sheet rates all of them)
paper-cover-serials = Serials
paper-cover-from-to = { $first } to { $last }
paper-cover-sheets = Sheets printed
paper-cover-printed = Made on
paper-cover-printed-by = { $day }, { $by }
paper-cover-counts = Sheets add up (printed = returned + spoiled + lost + outstanding)
paper-cover-count-printed = Printed
paper-cover-count-returned = Returned
paper-cover-count-spoiled = Spoiled
paper-cover-count-lost = Lost
paper-cover-count-outstanding = Outstanding
paper-cover-signed = Handed over and worked on
paper-cover-column-step = Step
paper-cover-column-day = Day
paper-cover-column-sheets = Sheets
paper-cover-column-name = Name
paper-cover-column-signature = Signature
paper-cover-step-out = Handed out
paper-cover-step-in = Taken back
paper-cover-step-first = Keyed for the first time
paper-cover-step-second = Keyed again (another person)
paper-cover-step-third = Differences decided
paper-cover-step-close = Batch closed, sheets filed
paper-cover-rule-blind = Two people key the sheets, neither sees what the other keyed; a third, who has keyed neither copy, decides where they differ.
paper-cover-rule-names = Write no recipient's name beside a serial; mix the sheets before they are handed out and before they are keyed.
paper-cover-rule-spoiled = Spoiled or lost: record the serial and the reason; a spoiled sheet stays in the batch.
