//! Reminders come once, mails go out once, and nothing is lost on the way.

mod delivery;
pub(crate) mod server;

use super::{Hand, process, with_hanoi};
use app::notices::{self, Group, Preference};
use app::{Actor, Code, Context, Frame, Lang};
use chrono::TimeDelta;
use std::sync::Arc;
use store::testing::{Database, on_both};

async fn frame(context: &Context) -> Arc<Frame> {
    context.current().await.unwrap().unwrap()
}

fn actor(frame: &Frame, name: &str) -> Actor {
    let person = frame.campaign().people.iter().find(|person| person.code.as_str() == name);
    person.unwrap().into()
}

/// What somebody's inbox says, in a language, newest first.
async fn says(context: &Context, name: &str, lang: Lang) -> Vec<String> {
    let frame = frame(context).await;
    let inbox = notices::inbox(context, &frame, &actor(&frame, name), None).await.unwrap();
    inbox.notices.iter().map(|notice| notices::say(&frame, &notice.kind, lang).subject).collect()
}

on_both! {
    /// Two processes remind at once, again and again; everybody is told once, and again only when there is something new.
    async fn everybody_is_reminded_once(database: Database) {
        let clock = Hand::new();
        let (here, there) = (with_hanoi(&database, &clock).await, process(&database, &clock).await);
        let at_once: Vec<_> = (0..8_usize)
            .map(|job| {
                let context = if job % 2 == 0 { here.clone() } else { there.clone() };
                tokio::spawn(async move { notices::remind(&context).await.unwrap() })
            })
            .collect();
        let mut added = 0;
        for job in at_once {
            added += job.await.unwrap();
        }
        assert_eq!(added, 2);
        let week = ["Task 15 is due in 6 days", "Task 10 is due in 6 days"];
        assert_eq!(says(&here, "noivu", Lang::En).await, week);
        assert_eq!(says(&here, "noivu", Lang::Vi).await, ["Nhiệm vụ 15 còn 6 ngày", "Nhiệm vụ 10 còn 6 ngày"]);
        assert_eq!(says(&there, "stc.head", Lang::En).await, [""; 0]);
        clock.forward(TimeDelta::days(1));
        assert_eq!(notices::remind(&there).await.unwrap(), 0, "five days are no news");
        clock.forward(TimeDelta::days(4));
        assert_eq!(notices::remind(&there).await.unwrap(), 2);
        clock.forward(TimeDelta::days(4));
        assert_eq!(notices::remind(&here).await.unwrap(), 2);
        assert_eq!(says(&here, "noivu", Lang::En).await[..2], ["Task 15 is overdue", "Task 10 is overdue"]);
        clock.forward(TimeDelta::days(90));
        assert_eq!(notices::remind(&here).await.unwrap(), 1, "the conference is overdue as well");
    }

    async fn reading_is_everybodys_own(database: Database) {
        let context = with_hanoi(&database, &Hand::new()).await;
        notices::remind(&context).await.unwrap();
        let frame = frame(&context).await;
        let (noivu, head) = (actor(&frame, "noivu"), actor(&frame, "stc.head"));
        let inbox = notices::inbox(&context, &frame, &noivu, None).await.unwrap();
        assert_eq!((inbox.unread, inbox.next), (2, None));
        let first = inbox.notices.first().unwrap().id;
        notices::mark_read(&context, &frame, &head, Some(first)).await.unwrap();
        assert_eq!(notices::unread(&context, &frame, &noivu).await.unwrap(), 2);
        notices::mark_read(&context, &frame, &noivu, Some(first)).await.unwrap();
        assert_eq!(notices::unread(&context, &frame, &noivu).await.unwrap(), 1);
        notices::mark_read(&context, &frame, &noivu, None).await.unwrap();
        assert_eq!(notices::unread(&context, &frame, &noivu).await.unwrap(), 0);
    }

    /// A long inbox comes in parts, each notice once.
    async fn a_long_inbox_comes_in_parts(database: Database) {
        let context = with_hanoi(&database, &Hand::new()).await;
        let frame = frame(&context).await;
        let code = &frame.settings().code;
        let store = store::Store::open(database.url()).await.unwrap();
        let due = |task: usize| domain::notices::Kind::TaskOverdue {
            task: Code::new(&task.to_string()).unwrap(), due: "2023-11-30".parse().unwrap(),
        };
        let new = (0..120).map(|task| store::notices::New {
            person: Code::new("noivu").unwrap(), kind: due(task), at: context.now(), mail: domain::notices::Mail::None, secret: None,
        });
        let tx = store.write().await.unwrap();
        store::notices::add(&tx, code, &new.collect::<Vec<_>>()).await.unwrap();
        tx.commit().await.unwrap();
        let (mut ids, mut sizes, mut before) = (Vec::new(), Vec::new(), None);
        loop {
            let inbox = notices::inbox(&context, &frame, &actor(&frame, "noivu"), before).await.unwrap();
            assert_eq!(inbox.unread, 120);
            sizes.push(inbox.notices.len());
            ids.extend(inbox.notices.iter().map(|notice| notice.id));
            before = inbox.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(sizes, [50, 50, 20]);
        assert!(ids.is_sorted_by(|a, b| a > b));
    }

    async fn a_preference_is_kept_and_on_record(database: Database) {
        let context = with_hanoi(&database, &Hand::new()).await;
        let frame = frame(&context).await;
        let noivu = actor(&frame, "noivu");
        assert_eq!(notices::preference(&context, &noivu).await.unwrap(), Preference::default());
        let wanted = Preference { language: Lang::En, muted: vec![Group::Deadlines] };
        notices::set_preference(&context, &frame, &noivu, &wanted).await.unwrap();
        assert_eq!(notices::preference(&context, &noivu).await.unwrap(), wanted);
        let snapshot = store::Store::open(database.url()).await.unwrap().read().await.unwrap();
        let lines = store::audit::lines(&snapshot, &frame.settings().code).await.unwrap();
        let last = &lines.last().unwrap().event;
        assert_eq!((&*last.action, &*last.detail), ("notices.preference_set", "language en; muted: deadlines"));
    }
}
