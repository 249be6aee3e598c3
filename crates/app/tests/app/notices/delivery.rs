//! Mails against a mail server on the loopback.

use super::server::{Mood, Server, header, text};
use super::{actor, frame};
use crate::{Hand, process, with_hanoi};
use app::mail::{Mailer, MailerError};
use app::notices::{self, Delivered, Group, Mail, Preference};
use app::{Context, Error, Lang};
use chrono::TimeDelta;
use std::collections::BTreeSet;
use std::time::Duration;
use store::testing::{Database, on_both};
use tokio::sync::watch;

fn mailer(server: &Server) -> Mailer {
    Mailer::new(&server.url(), "Chỉ số CCHC <parindex@sonoivu.example>", "https://parindex.example/").unwrap()
}

async fn deliver(context: &Context, mailer: &Mailer) -> Delivered {
    notices::deliver(context, mailer, &watch::channel(false).1).await.unwrap()
}

/// How many mails wait, were sent, were given up.
async fn counts(context: &Context) -> [u64; 3] {
    let frame = frame(context).await;
    let outbox = notices::outbox(context, &frame, &actor(&frame, "noivu"), Mail::Queued, None).await.unwrap();
    [outbox.counts.queued, outbox.counts.sent, outbox.counts.failed]
}

on_both! {
    /// Vietnamese in headers and text, in the reader's language, with the way to the page.
    async fn a_mail_says_what_the_inbox_says(database: Database) {
        let (context, server) = (with_hanoi(&database, &Hand::new()).await, Server::start());
        notices::remind(&context).await.unwrap();
        assert_eq!(counts(&context).await, [2, 0, 0]);
        assert_eq!(deliver(&context, &mailer(&server)).await, Delivered { sent: 2, ..Delivered::default() });
        assert_eq!(counts(&context).await, [0, 2, 0]);
        let mails = server.taken();
        let mail = &mails[0];
        assert!(mail.is_ascii(), "{mail}");
        assert_eq!(header(mail, "Subject"), "[Chỉ số CCHC 2023] Nhiệm vụ 10 còn 6 ngày");
        assert_eq!(header(mail, "From"), "Chỉ số CCHC <parindex@sonoivu.example>");
        assert_eq!(header(mail, "To"), "\"Nguyễn Văn Mẫu (tài khoản mẫu)\" <noivu@parindex.example>".replace('"', ""));
        assert_eq!(header(mail, "Date"), "Wed, 24 Jan 2024 01:00:00 +0000");
        assert_eq!(header(mail, "Content-Type"), "text/plain; charset=utf-8");
        assert_eq!(header(mail, "Auto-Submitted"), "auto-generated");
        let text = text(mail);
        for part in [
            "Kính gửi Nguyễn Văn Mẫu",
            "phải hoàn thành trong ngày 30/01/2024",
            "https://parindex.example/inbox\n",
            "Số liệu mô phỏng / simulated data",
        ] {
            assert!(text.contains(part), "“{part}” is not in\n{text}");
        }
    }

    async fn a_mail_is_in_the_readers_language_or_not_sent_as_they_wish(database: Database) {
        let (clock, server) = (Hand::new(), Server::start());
        let context = with_hanoi(&database, &clock).await;
        let frame = frame(&context).await;
        let noivu = actor(&frame, "noivu");
        let wants = async |muted: &[Group]| {
            let wanted = Preference { language: Lang::En, muted: muted.to_vec() };
            notices::set_preference(&context, &frame, &noivu, &wanted).await.unwrap();
        };
        notices::remind(&context).await.unwrap();
        wants(&[]).await;
        assert_eq!(deliver(&context, &mailer(&server)).await.sent, 2);
        assert_eq!(header(&server.taken()[0], "Subject"), "[PAR Index 2023] Task 10 is due in 6 days");
        clock.forward(TimeDelta::days(4));
        notices::remind(&context).await.unwrap();
        wants(&[Group::Deadlines]).await;
        assert_eq!(deliver(&context, &mailer(&server)).await, Delivered { unwanted: 2, ..Delivered::default() });
        clock.forward(TimeDelta::days(4));
        notices::remind(&context).await.unwrap();
        assert_eq!(counts(&context).await, [0, 2, 0], "not even queued");
        assert_eq!(server.taken().len(), 2);
        assert_eq!(notices::unread(&context, &frame, &noivu).await.unwrap(), 6, "the inbox has them in any case");
    }

    /// Two processes with many mails: each goes out once.
    async fn each_mail_is_sent_by_one_process(database: Database) {
        let (clock, server) = (Hand::new(), Server::start());
        let (here, there) = (with_hanoi(&database, &clock).await, process(&database, &clock).await);
        for _ in 0..3 {
            notices::remind(&here).await.unwrap();
            clock.forward(TimeDelta::days(4));
        }
        let jobs: Vec<_> = [here.clone(), there.clone(), here.clone(), there.clone()]
            .map(|context| (context, mailer(&server)))
            .map(|(context, mailer)| tokio::spawn(async move { deliver(&context, &mailer).await.sent }))
            .into();
        let mut sent = 0;
        for job in jobs {
            sent += job.await.unwrap();
        }
        let ids: BTreeSet<_> = server.taken().iter().map(|mail| header(mail, "Message-ID")).collect();
        assert_eq!((sent, server.taken().len(), ids.len()), (6, 6, 6));
        assert_eq!(counts(&there).await, [0, 6, 0]);
    }

    async fn what_fails_is_tried_again_after_growing_pauses_and_given_up(database: Database) {
        let (clock, server) = (Hand::new(), Server::start());
        let context = with_hanoi(&database, &clock).await;
        let mailer = mailer(&server);
        notices::remind(&context).await.unwrap();
        server.is_in_mood(Mood::Later);
        assert_eq!(deliver(&context, &mailer).await.failed, 2);
        for pause in [1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60].map(TimeDelta::minutes) {
            assert_eq!(counts(&context).await, [2, 0, 0]);
            clock.forward(pause - TimeDelta::seconds(1));
            assert_eq!(deliver(&context, &mailer).await.failed, 0, "{pause}");
            clock.forward(TimeDelta::seconds(1));
            assert_eq!(deliver(&context, &mailer).await.failed, 2, "{pause}");
        }
        assert_eq!(counts(&context).await, [0, 0, 2]);
        let frame = frame(&context).await;
        let (noivu, head) = (actor(&frame, "noivu"), actor(&frame, "stc.head"));
        let failed = notices::outbox(&context, &frame, &noivu, Mail::Failed, None).await.unwrap();
        let post = failed.posts.first().unwrap();
        assert!(post.notice.fault.as_deref().unwrap().contains("greylisted"), "{:?}", post.notice.fault);
        assert_eq!(post.address.as_deref(), Some("noivu@parindex.example"));

        server.is_in_mood(Mood::Takes);
        let code = &frame.settings().code;
        assert!(matches!(notices::retry(&context, &head, code, None).await, Err(Error::Forbidden)));
        assert_eq!(notices::retry(&context, &noivu, code, Some(post.notice.id)).await.unwrap(), 1);
        assert_eq!(deliver(&context, &mailer).await.sent, 1);
        assert_eq!(counts(&context).await, [0, 1, 1]);
    }

    async fn an_address_that_is_none_is_not_tried_again(database: Database) {
        let (context, server) = (with_hanoi(&database, &Hand::new()).await, Server::start());
        notices::remind(&context).await.unwrap();
        server.is_in_mood(Mood::Never);
        assert_eq!(deliver(&context, &mailer(&server)).await.failed, 2);
        assert_eq!(counts(&context).await, [0, 0, 2]);
    }

    /// The line breaks behind the mail and before the answer: it is sent a second time, and both can be told to be the same.
    async fn a_lost_answer_costs_a_second_mail_and_loses_none(database: Database) {
        let (clock, server) = (Hand::new(), Server::start());
        let context = with_hanoi(&database, &clock).await;
        notices::remind(&context).await.unwrap();
        server.is_in_mood(Mood::TakesAndHangsUp);
        assert_eq!(deliver(&context, &mailer(&server)).await.failed, 2);
        server.is_in_mood(Mood::Takes);
        clock.forward(TimeDelta::minutes(1));
        assert_eq!(deliver(&context, &mailer(&server)).await.sent, 2);
        let ids: Vec<_> = server.taken().iter().map(|mail| header(mail, "Message-ID")).collect();
        assert_eq!((ids.len(), ids[..2] == ids[2..]), (4, true), "{ids:?}");
    }

    /// A process that dies with mails in its hands: another one sends them a quarter of an hour later, and not before.
    async fn mails_of_a_dead_process_are_taken_over(database: Database) {
        let (clock, server) = (Hand::new(), Server::start());
        let (here, there) = (with_hanoi(&database, &clock).await, process(&database, &clock).await);
        notices::remind(&here).await.unwrap();
        let store = store::Store::open(database.url()).await.unwrap();
        let tx = store.write().await.unwrap();
        let code = &frame(&here).await.settings().code.clone();
        let until = here.now() + TimeDelta::minutes(15);
        assert_eq!(store::notices::claim(&tx, code, here.now(), until, 10).await.unwrap().len(), 2);
        tx.commit().await.unwrap();
        assert_eq!(deliver(&there, &mailer(&server)).await, Delivered::default());
        clock.forward(TimeDelta::minutes(15));
        assert_eq!(deliver(&there, &mailer(&server)).await.sent, 2);
    }

    /// Who is told to stop sends nothing more, and leaves the rest to be sent at once by the next.
    async fn the_job_stops_and_goes_on(database: Database) {
        let (context, server) = (with_hanoi(&database, &Hand::new()).await, Server::start());
        notices::remind(&context).await.unwrap();
        let stopped = watch::channel(true).1;
        assert_eq!(notices::deliver(&context, &mailer(&server), &stopped).await.unwrap(), Delivered::default());
        let mailer_of_jobs = mailer(&server);
        let jobs = app::jobs::run(&context, Some(&mailer_of_jobs), stopped);
        tokio::time::timeout(Duration::from_secs(60), jobs).await.unwrap();
        assert_eq!(server.taken(), [""; 0]);
        assert_eq!(deliver(&context, &mailer(&server)).await.sent, 2);
    }
}

#[test]
fn what_is_no_mail_server_sender_or_address_is_refused_without_a_password() {
    let new = |url: &str, from: &str, base: &str| Mailer::new(url, from, base).err();
    let (url, from, base) = ("smtps://u:p@mail.example", "a@b.example", "https://parindex.example");
    for bad in ["", "mail.example", "http://u:s3cret@mail.example", "smtp://u:s3cret@", "smtp://u:s3cret@h:99999"] {
        let refused = new(bad, from, base).unwrap();
        assert!(matches!(refused, MailerError::Url(_)) && !refused.to_string().contains("s3cret"), "{bad}: {refused}");
    }
    assert!(matches!(new(url, "nobody", base), Some(MailerError::From(_))));
    for bad in ["", "parindex.example", "https://", "https://parindex.example/pages", "javascript:alert(1)", "https://a b"] {
        assert!(matches!(new(url, from, bad), Some(MailerError::BaseUrl(_))), "{bad}");
    }
}
