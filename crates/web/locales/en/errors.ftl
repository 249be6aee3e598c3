error-home = Go to the first page
error-reference = Reference: { $reference }. If you need help, send it to the standing body.

error-not-found = There is no such page
error-not-found-why = Nothing is at this address, or your account may not see it.
error-not-found-do = Check the address, or begin at the first page.

error-forbidden = You may not see this page yet
error-forbidden-why = Before publication only the standing body, the working group and the council read the ranking.
error-forbidden-do = The page opens when the result is published. If you need it earlier, ask the standing body.

error-refused = The request was refused
error-refused-why = This form was not sent from one of our pages, or your session has changed. Nothing was saved or changed.
error-refused-do = Open the page again and send the form once more.

error-no-campaign = There is no campaign yet
error-no-campaign-why = The server is running, but its database holds no campaign. Nothing was lost.
error-no-campaign-do = The operator imports a campaign's workbook with:

error-busy = The server is busy
error-busy-why = The database is writing for somebody else. Nothing was changed.
error-busy-do = Try again in a moment.

error-ours = Something went wrong on our side
error-ours-why = This page cannot be shown. Whatever was saved is still there.
error-ours-do = Try again in a moment. If it happens again, send the reference below to the standing body.

error-session-ended = Your session has ended
error-session-ended-why = You were signed out before this was sent: the session expired, or somebody ended it. What you just sent was not saved; whatever was saved before is still there.
error-session-ended-note = What you just wrote was not saved, but it is still on this page. Sign in again in a new tab, then come back here and go on editing to save it.
error-other-session = This page belongs to another session
error-other-session-why = After opening the page you signed in again or as somebody else, or the form was not sent from one of our pages. Nothing was saved or changed.
error-other-session-note = After opening the page you signed in again or as somebody else. What you just wrote was not saved: copy it, reload the page and enter it again.
error-unsent-do = Sign in again in a new tab, open the page again, then copy what stands below and send it once more.
error-unsent-fields = What you sent (not saved)
error-sign-in-apart = Sign in again (opens a new tab)

error-conflict = The agency where you work
error-conflict-why = Nobody appraises or votes on the agency where they work. Nothing was changed.
error-conflict-do = Somebody else who is assigned to the same field will do it; if there is nobody, please tell the standing body.
