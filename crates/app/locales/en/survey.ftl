# Mails that invite to answer a form, and reminders.

survey-rates-many = { $many } agencies
survey-mail-subject = Invitation to answer the survey on public administration reform { $year }
survey-mail-reminder-subject = Reminder: the survey on public administration reform { $year }
survey-mail-purpose =
    You are invited to answer “{ $form }”, on: { $rated }.

    Purpose: { $title }. Answering is voluntary.
survey-mail-link = Your own link (it works once; please do not pass it on):
survey-mail-typed = If the link does not open, please go to { $address } and type the code { $code }
survey-mail-secrecy = Your answer is anonymous: the link is not stored with the answer, and the code is kept nowhere but in this mail, so nobody can tell whose answer is whose. If you lose this mail, please ask for a new link.
survey-mail-until = You can answer until { $until }.
survey-mail-contact = Questions? Please write to { $contact }
survey-mail-reminder =
    You were invited to answer “{ $form }”, on: { $rated }.

    Your link is in the earlier mail to which this one replies; the system does not know it any more. If you have answered, please ignore this mail. If you cannot find the invitation, please ask for a new link.
survey-mail-reminder-secrecy = Nobody knows who answered what. That links were used is noted for many people at once, so a reminder may reach somebody who has answered.

survey-slip-title = Invitation to answer a survey
survey-slip-until = Answer until { $until }
survey-slip-how = Scan the picture, or go to { $address } and type:
survey-slip-secrecy = Voluntary. Works once. This code is stored nowhere, and nobody can tell whose answer is whose.
survey-poster-how = Scan the picture with a phone, or go to
survey-poster-secrecy = Anonymous, voluntary, about 5 minutes.
