//! `parindex user`: how the first operator gets in, without an account.

use super::{hanoi, parindex, printed, said, text};
use store::testing::{Database, Engine};

#[test]
fn a_link_is_printed_and_the_state_of_accounts_listed() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let database = Database::new(engine);
        let user = |args: &[&str]| parindex(&[&["user"], args, &["--database", database.url()]].concat());
        let empty = user(&["link", "vanhanh"]);
        assert_eq!((empty.status.code(), said(&empty).contains("parindex import")), (Some(1), true), "{}", said(&empty));
        assert!(parindex(&["import", text(&hanoi()), "--database", database.url()]).status.success());

        let path = printed(&user(&["link", "vanhanh"]));
        assert!(path.starts_with("/welcome/") && path.trim().len() == "/welcome/".len() + 64, "{path}");
        let issued = user(&["link", "vanhanh", "--base-url", "https://par.example.vn/"]);
        let url = printed(&issued);
        assert!(url.starts_with("https://par.example.vn/welcome/") && !url.contains(path.trim()), "each time another one: {url}");
        assert!(said(&issued).contains("vanhanh"), "{}", said(&issued));

        let list = printed(&user(&["list", "--format", "csv"]));
        assert!(list.lines().any(|line| line.starts_with("vanhanh,") && line.contains(",operator,")), "{list}");
        let people = std::fs::read_to_string(hanoi().join("people.csv")).unwrap();
        assert!(people.lines().skip(1).all(|line| list.contains(line.split(',').next().unwrap())), "everybody: {list}");
        for command in ["unlock", "sign-out"] {
            assert!(user(&[command, "vanhanh"]).status.success());
        }
        for args in [["link", "nobody"], ["unlock", "nobody"], ["sign-out", "nobody"], ["link", "có dấu"]] {
            let refused = user(&args);
            assert_eq!((refused.status.code(), said(&refused).contains("parindex user list")), (Some(1), true), "{args:?}");
        }
        let log = printed(&parindex(&["audit", "export", "-", "--format", "csv", "--database", database.url()]));
        assert_eq!(log.matches("accounts.link_issued").count(), 2, "{log}");
        assert!(!log.contains(url.trim().rsplit('/').next().unwrap()), "the log does not hold the link");
    }
}
