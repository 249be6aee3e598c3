//! Mails with links, reminders, lost links, and the reserve.

use super::*;
use crate::notices::server::Mood;
use app::Error;
use chrono::TimeDelta;
use domain::survey::inviting::{Due, MOST_REMINDERS, Way};
use std::collections::BTreeSet;
use store::testing::on_both;

on_both! {
    async fn a_link_is_in_its_mail_and_nowhere_else(database: Database) {
        let survey = Survey::of(&database).await;
        survey.invite(12, &[3]).await;
        let numbers: BTreeSet<u32> = survey.all().await.iter().map(|one| one.number).collect();
        assert_eq!(numbers, (1..=12).collect());
        let in_order = survey.all().await.iter().map(|one| one.person.clone()).collect::<Vec<_>>();
        assert_ne!(in_order, (1..=12).map(|at| format!("p-{at}")).collect::<Vec<_>>(), "drawn by lot: one in 479,001,600");
        assert_eq!(survey.send().await.unwrap(), 11, "one has no address");
        assert_eq!(survey.deliver().await, Delivered { sent: 11, ..Delivered::default() });
        assert_eq!(survey.deliver().await, Delivered::default(), "each once");
        assert!(matches!(survey.send().await, Err(InvitationError::Nobody)));

        let codes: Vec<LinkCode> = survey.server.taken().iter().map(|mail| code_in(mail)).collect();
        assert_eq!(codes.iter().map(LinkCode::shown).collect::<BTreeSet<_>>().len(), 11);
        for code in &codes {
            assert!(survey.opens(code).await);
        }
        let letter = text(&survey.mails(1)[0]);
        for part in ["Kính gửi Người 1", "tự nguyện", "31/12/2023", "Dương Văn Khảo Sát", "Số liệu mô phỏng / simulated data"] {
            assert!(letter.contains(part), "“{part}” is not in\n{letter}");
        }
        assert_eq!(letter.matches("https://").count(), 2, "the link, and where to type the code: nothing that tells of reading");
        holds_none(&database, &codes).await;

        survey.answer(&codes[0]).await.unwrap();
        survey.reissue(survey.number(1).await).await.unwrap();
        survey.deliver().await;
        let all: Vec<LinkCode> = survey.server.taken().iter().map(|mail| code_in(mail)).collect();
        holds_none(&database, &all).await;
    }

    async fn a_mail_that_fails_takes_its_link_with_it(database: Database) {
        let survey = Survey::of(&database).await;
        survey.invite(2, &[]).await;
        survey.send().await.unwrap();
        survey.server.is_in_mood(Mood::Later);
        assert_eq!(survey.deliver().await, Delivered { failed: 2, ..Delivered::default() });
        for one in survey.all().await {
            assert_eq!((one.tag, one.way, one.due, one.attempts), (None, None, Some(Due::Link), 1));
            assert!(one.fault.unwrap().contains("greylisted"));
        }
        assert_eq!(survey.deliver().await, Delivered::default(), "not at once again");
        survey.clock.forward(TimeDelta::hours(1));
        // It arrives, and we never hear of it: the link that it holds must not count beside the next.
        survey.server.is_in_mood(Mood::TakesAndHangsUp);
        assert_eq!(survey.deliver().await.failed, 2);
        let lost: Vec<LinkCode> = survey.server.taken().iter().map(|mail| code_in(mail)).collect();
        survey.server.is_in_mood(Mood::Takes);
        survey.clock.forward(TimeDelta::hours(1));
        assert_eq!(survey.deliver().await.sent, 2);
        let sent: Vec<LinkCode> = survey.server.taken().iter().skip(lost.len()).map(|mail| code_in(mail)).collect();
        assert_eq!(sent.len(), 2);
        for code in &lost {
            assert!(!survey.opens(code).await);
        }
        for code in &sent {
            assert!(survey.opens(code).await);
        }
        let one = survey.one(1).await;
        assert_eq!((one.fault, one.issued, one.due, one.attempts), (None, 3, None, 0));

        survey.import("form,person,name,email,agency\nS2-2023,p-9,Người 9,p9@x.example,STC\n", true).await.unwrap();
        survey.send().await.unwrap();
        survey.server.is_in_mood(Mood::Never);
        assert_eq!(survey.deliver().await.failed, 1);
        let gone = survey.one(3).await;
        assert_eq!((gone.due, gone.tag), (None, None), "given up: there is no such mailbox");
        let standings = invitations::standings(&survey.context, &survey.vien, &*survey.frame().await).await.unwrap();
        assert_eq!((standings[0].mailed, standings[0].failed, standings[0].waiting), (2, 1, 0));
    }

    /// A process that dies between storing the tag and hearing of the mail: nobody sends by guess.
    async fn a_mail_of_which_nobody_knows_is_left_to_people(database: Database) {
        let survey = Survey::of(&database).await;
        survey.invite(1, &[]).await;
        survey.send().await.unwrap();
        survey.deliver().await;
        let was = survey.one(1).await;
        let held = Invitation { due: Some(Due::Link), attempts: 1, held_until: Some(survey.context.now()), ..was };
        let tx = Store::open(&survey.url).await.unwrap().write().await.unwrap();
        store::survey::invitations::change(&tx, &survey.code, &held).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(survey.deliver().await, Delivered { left: 1, ..Delivered::default() });
        let one = survey.one(1).await;
        assert_eq!((one.fault.as_deref(), one.due, one.tag), (Some(invitations::UNSETTLED), None, held.tag));
        survey.reissue(1).await.unwrap();
        assert_eq!(survey.deliver().await.sent, 1);
    }

    async fn several_processes_send_each_link_once(database: Database) {
        let survey = Survey::of(&database).await;
        survey.invite(25, &[]).await;
        survey.send().await.unwrap();
        let other = process(&database, &survey.clock).await;
        let jobs: Vec<_> = [survey.context.clone(), other.clone(), survey.context.clone(), other]
            .map(|context| (context, survey.mailer.clone()))
            .map(|(context, mailer)| {
                tokio::spawn(async move { invitations::deliver(&context, &mailer, &watch::channel(false).1).await.unwrap().sent })
            })
            .into();
        let mut sent = 0;
        for job in jobs {
            sent += job.await.unwrap();
        }
        let to: BTreeSet<String> = survey.server.taken().iter().map(|mail| header(mail, "To")).collect();
        assert_eq!((sent, survey.server.taken().len(), to.len()), (25, 25, 25));
    }

    async fn reminders_answer_the_first_mail_and_leave_out_what_is_marked(database: Database) {
        let survey = Survey::of(&database).await;
        survey.invite(7, &[]).await;
        survey.send().await.unwrap();
        survey.deliver().await;
        assert!(matches!(survey.remind().await, Err(InvitationError::Nobody)), "they have only just been invited");
        survey.clock.forward(TimeDelta::days(3));
        let codes: Vec<LinkCode> = (1..=7).map(|person| code_in(&survey.mails(person)[0])).collect();
        for code in &codes[..4] {
            survey.answer(code).await.unwrap();
        }
        assert_eq!(survey.remind().await.unwrap(), 7, "four are no lot: nobody is told from the others");
        survey.answer(&codes[4]).await.unwrap();
        survey.marked(5).await;
        assert_eq!(survey.deliver().await, Delivered { sent: 2, left: 5, ..Delivered::default() }, "five are");
        let mails = survey.mails(6);
        assert_eq!(mails.len(), 2);
        let first = header(&mails[0], "Message-ID");
        assert_eq!((header(&mails[1], "In-Reply-To"), header(&mails[1], "References")), (first.clone(), first));
        let reminder = text(&mails[1]);
        assert!(reminder.contains("Nếu đã trả lời, xin bỏ qua") && !reminder.contains("phieu#"), "{reminder}");
        for round in 2..=MOST_REMINDERS {
            survey.clock.forward(TimeDelta::days(3));
            assert_eq!(survey.remind().await.unwrap(), 2);
            survey.deliver().await;
            assert_eq!(survey.one(survey.number(7).await).await.reminded, round);
        }
        survey.clock.forward(TimeDelta::days(3));
        assert!(matches!(survey.remind().await, Err(InvitationError::Nobody)));
        assert_eq!(survey.mails(1).len(), 1, "marked, and left alone");
    }

    async fn a_lost_link_is_made_anew_and_the_old_one_is_dead(database: Database) {
        let survey = Survey::of(&database).await;
        survey.invite(6, &[]).await;
        survey.send().await.unwrap();
        survey.deliver().await;
        let code = |person: usize, mail: usize| code_in(&survey.mails(person)[mail]);

        // One: nobody has answered by it.
        survey.reissue(survey.number(1).await).await.unwrap();
        assert_eq!(survey.deliver().await.sent, 1);
        assert!(!survey.opens(&code(1, 0)).await && survey.opens(&code(1, 1)).await);

        // Two: somebody has, and it is not marked: all looks the same, and the new link opens nothing.
        survey.answer(&code(2, 0)).await.unwrap();
        let [before_1, before_2] = [survey.one(survey.number(1).await).await, survey.one(survey.number(2).await).await];
        survey.reissue(survey.number(1).await).await.unwrap();
        survey.reissue(survey.number(2).await).await.unwrap();
        assert_eq!(survey.deliver().await.sent, 2);
        let [after_1, after_2] = [survey.one(survey.number(1).await).await, survey.one(survey.number(2).await).await];
        let changed = |before: &Invitation, after: &Invitation| {
            assert!(after.tag.is_some() && before.tag != after.tag);
            let same = Invitation { tag: before.tag, issued: before.issued, ..after.clone() };
            assert_eq!((same, after.issued), (before.clone(), before.issued + 1));
        };
        changed(&before_1, &after_1);
        changed(&before_2, &after_2);
        assert!(survey.opens(&code(1, 2)).await);
        assert!(!survey.opens(&code(2, 1)).await && !survey.opens(&code(2, 0)).await);
        assert!(matches!(survey.answer(&code(2, 1)).await, Err(NotTaken::Unknown)), "nobody answers twice");

        // Three: marked, since five have answered.
        for person in 3..=6 {
            survey.answer(&code(person, 0)).await.unwrap();
        }
        survey.marked(5).await;
        for person in 2..=6 {
            assert!(matches!(survey.reissue(survey.number(person).await).await, Err(InvitationError::Used)), "{person}");
        }
        survey.reissue(survey.number(1).await).await.unwrap();
    }

    async fn the_next_of_the_reserve_takes_a_place(database: Database) {
        let survey = Survey::of(&database).await;
        survey.invite(4, &[]).await;
        let all = survey.all().await;
        let tx = Store::open(&survey.url).await.unwrap().write().await.unwrap();
        for reserve in all.into_iter().skip(2) {
            let reserve = Invitation { reserve: true, ..reserve };
            store::survey::invitations::change(&tx, &survey.code, &reserve).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(survey.send().await.unwrap(), 2);
        survey.deliver().await;
        let replace = async |number: u32| invitations::replace(&survey.context, &survey.vien, &survey.code, number).await;
        let gone = code_in(&survey.server.taken()[0]);
        assert!(survey.opens(&gone).await);
        assert_eq!(replace(1).await.unwrap(), 3);
        assert!(!survey.opens(&gone).await, "the link of who leaves is dead");
        assert_eq!(replace(3).await.unwrap(), 4);
        assert!(matches!(replace(4).await, Err(InvitationError::NoReserve)));
        assert!(matches!(replace(1).await, Err(InvitationError::Nobody)), "somebody has left already");
        assert_eq!(survey.send().await.unwrap(), 1, "who takes the place is mailed as others are");
        assert!(matches!(survey.reissue(3).await, Err(InvitationError::Nobody)));
    }

    async fn few_are_refused_unless_confirmed(database: Database) {
        let survey = Survey::of(&database).await;
        let list = "form,person,name,email,agency\nS2-2023,a,Một,a@x.example,STC\n";
        match survey.import(list, false).await {
            Err(NotInvited::Failed(InvitationError::Small(small))) => assert_eq!(small[0].1, 1),
            other => panic!("{other:?}"),
        }
        assert!(survey.frame().await.survey().targets.is_empty(), "nothing was kept");
        assert_eq!(survey.import(list, true).await.unwrap(), 1);
        let send = |confirmed| invitations::send(&survey.context, &survey.vien, &survey.code, &Whom::All, confirmed);
        assert!(matches!(send(false).await, Err(InvitationError::Small(_))));
        assert_eq!(send(true).await.unwrap(), 1);
        assert!(matches!(survey.import("form,person,name,email,agency\nS2-2023,b,Hai,b@x.example,D001\n", true).await,
            Err(NotInvited::Problems(_))), "no such agency in the block");
    }

    async fn whoever_only_reads_sees_no_people(database: Database) {
        let survey = Survey::of(&database).await;
        survey.invite(6, &[]).await;
        let frame = survey.frame().await;
        let target = frame.survey().targets[0].id;
        for role in [Role::Monitor, Role::StandingBody] {
            let reader = Actor { role, ..survey.vien.clone() };
            let standings = invitations::standings(&survey.context, &reader, &frame).await.unwrap();
            assert_eq!((standings[0].asked, standings[0].used, standings[0].is_small), (6, 0, false));
            assert!(matches!(invitations::people(&survey.context, &reader, &frame, target).await, Err(Error::Forbidden)));
            let remind = invitations::remind(&survey.context, &reader, &survey.code, &Whom::All).await;
            assert!(matches!(remind, Err(InvitationError::Failed(Error::Forbidden))));
        }
        let people = invitations::people(&survey.context, &survey.vien, &frame, target).await.unwrap();
        assert!(people.iter().all(|one| one.invitation.tag.is_none()) && people.len() == 6);
    }
}

#[tokio::test]
async fn without_a_mail_server_nothing_is_queued() {
    let database = Database::new(store::testing::Engine::Sqlite);
    let survey = Survey::of(&database).await;
    survey.invite(6, &[]).await;
    let silent = process(&database, &survey.clock).await;
    let send = invitations::send(&silent, &survey.vien, &survey.code, &Whom::All, true).await;
    assert!(matches!(send, Err(InvitationError::NoMail)));
    assert!(survey.all().await.iter().all(|one| one.due.is_none() && one.way != Some(Way::Mail)));
}
