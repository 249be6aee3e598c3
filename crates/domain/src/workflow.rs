//! Workflows as tables: which event leads from which state to which. What is not in the table does not happen.
//!
//! The campaign ([`crate::Phase`]), an agency's assessment ([`crate::assessment::State`]) and an item
//! ([`crate::appraisal::ItemState`]) each have one; docs/states/ has their drawings, made from these tables.

use std::fmt::{Debug, Write};

/// A state of a workflow.
pub trait Workflow: Copy + Debug + PartialEq + 'static {
    /// What may happen.
    type Event: Copy + Debug + PartialEq + 'static;

    /// Where it begins.
    const BEGINNING: Self;
    /// Every step there is: from, what happens, to.
    const STEPS: &'static [(Self, Self::Event, Self)];

    /// The word of a state in the database.
    fn word(self) -> &'static str;

    /// The word of an event in histories.
    fn event_word(event: Self::Event) -> &'static str;

    /// The state after an event.
    ///
    /// # Errors
    /// [`OutOfPlace`] where the event does not happen in this state; nothing changes.
    fn after(self, event: Self::Event) -> Result<Self, OutOfPlace<Self>> {
        let step = Self::STEPS.iter().find(|(from, what, _)| *from == self && *what == event);
        step.map(|(_, _, to)| *to).ok_or(OutOfPlace { state: self, event })
    }

    /// What may happen in this state.
    fn events(self) -> impl Iterator<Item = Self::Event> {
        Self::STEPS.iter().filter(move |(from, ..)| *from == self).map(|(_, event, _)| *event)
    }
}

/// An event that does not happen in a state.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{event:?} does not happen in {state:?}")]
pub struct OutOfPlace<S: Workflow> {
    /// Where the workflow stood, and stays.
    pub state: S,
    /// What was to happen.
    pub event: S::Event,
}

/// The table as a Mermaid state diagram, which is how docs/states/ has it.
#[must_use]
pub fn drawing<S: Workflow>() -> String {
    let mut text = format!("stateDiagram-v2\n    [*] --> {}\n", S::BEGINNING.word());
    for (from, event, to) in S::STEPS {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "    {} --> {}: {}", from.word(), to.word(), S::event_word(*event));
    }
    text
}

/// Makes a workflow of two enums of words: its beginning and its steps.
macro_rules! workflow {
    (
        $state:ident by $event:ident from $beginning:ident {
            $( $from:ident: $( $what:ident => $to:ident ),+ ; )+
        }
    ) => {
        impl $crate::workflow::Workflow for $state {
            type Event = $event;
            const BEGINNING: Self = Self::$beginning;
            const STEPS: &'static [(Self, $event, Self)] =
                &[$( $( ($state::$from, $event::$what, $state::$to), )+ )+];

            fn word(self) -> &'static str {
                $state::word(self)
            }

            fn event_word(event: $event) -> &'static str {
                $event::word(event)
            }
        }
    };
}
pub(crate) use workflow;
