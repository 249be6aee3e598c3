# Respondents' pages.
answering-heading = Public administration reform survey
answering-title = Answer the survey
answering-enter = Answer the form
answering-code = The code in your invitation
answering-code-hint = 20 letters and digits, such as 7KQ2-M9XA-… Upper or lower case, with or without dashes.
answering-continue = Continue
answering-secrecy = Your answer stays secret
answering-secrecy-how = The code only makes sure that everybody answers once. The answer is stored apart from the code and from the list of those invited: nobody can join them again, not even whoever holds the database. No name, network address or time of answering is kept.
answering-secrecy-short = Anonymous form: answers are stored apart from the list of those invited.
answering-rated = You rate:
answering-purpose = Purpose, and how to answer
answering-until = Answers are taken until the end of { $day }.
answering-required = (required)
answering-skip-agency = Leave an agency blank that you cannot judge; the form stays valid for the others.
answering-send = Send the answers
answering-faults = { $n ->
    [one] One question is not answered yet
   *[other] { $n } questions are not answered yet
}
answering-faults-kept = What you have answered is still here. Please complete these and send again:
answering-fault-missing = Not answered: { $question }
answering-fault-choice = Not one of the answers offered: { $question }
answering-fault-number = Please give a whole number: { $question }
answering-fault-long = Longer than 2,000 characters: { $question }
answering-fault-constraint = This answer is not valid: { $question }
answering-done = Your answer has been received
answering-receipt = Receipt number:
answering-receipt-why = It shows that the form is stored. It is made from the code, not from the answers; however often you send, there is one form and this one number.
answering-thanks = Thank you. You may close this page.
answering-unknown-title = This code cannot be used
answering-unknown = No form belongs to this code, or a newer code has taken its place. Please check each letter, or ask whoever invited you for a new one.
answering-closed-title = No answers are taken now
answering-closed = The survey has not begun, or has ended.
answering-full-title = This link has taken all its forms
answering-full = As many forms as planned have come through this link.
answering-answered-title = This form has been answered
answering-answered = This invitation was answered by an earlier code. Everybody answers once.
answering-busy-title = The server is busy
answering-busy = The answer is not stored yet. Please wait half a minute and send again.
answering-kept-none = Nothing has been stored on the server.
answering-kept-here = What you have filled in is still on your device: the browser's back button returns to it.
answering-script-kept = Saved on this device.
answering-script-waiting = Not sent: there is no connection. The answers are kept on this device and will be sent when it is back; please do not close the page.
answering-script-sending = Sending…
answering-script-restored = Your unfinished answers on this device have been opened again.
answering-script-rated = { $done } of { $all } answered
