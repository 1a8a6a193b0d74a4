//! `caveat lsp`.

use std::io::{self, BufReader};
use std::thread;

use caveat::lsp::wire::{self, Incoming};
use caveat::lsp::{Start, serve};
use crossbeam_channel::{Receiver, Sender, bounded, select_biased, unbounded};
use lsp_server::{Connection, Message};

use crate::args::{LspArgs, today};
use crate::{Error, Outcome};

/// So many messages wait to be looked at.
const WAITING: usize = 32;

pub(crate) fn run(args: &LspArgs) -> Result<Outcome, Error> {
    let start = Start {
        options: args.rules.options(&[])?,
        as_of: args.rules.as_of,
        today,
    };
    let (to_server, receiver) = bounded(WAITING);
    let (sender, from_server) = unbounded();
    let (end, ended) = bounded(0);
    let wrong = sender.clone();
    // it ends with the program: standard input cannot be told to stop
    thread::spawn(move || read(&to_server, &wrong));
    let writer = thread::spawn(move || write(&from_server, &ended));
    let in_order = serve(&Connection { sender, receiver }, &start);
    drop(end);
    let _ = writer.join();
    Ok(if in_order {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}

fn read(to_server: &Sender<Message>, wrong: &Sender<Message>) {
    let mut input = BufReader::new(io::stdin().lock());
    loop {
        let sent = match wire::read(&mut input) {
            Ok(Incoming::Message(message)) => to_server.send(message).is_ok(),
            Ok(Incoming::Wrong(response)) => wrong.send(response.into()).is_ok(),
            Ok(Incoming::End) | Err(_) => return,
        };
        if !sent {
            return;
        }
    }
}

/// Writes what there is to write, and at the end what is left.
fn write(messages: &Receiver<Message>, ended: &Receiver<()>) {
    let mut out = io::stdout().lock();
    loop {
        let message = select_biased! {
            recv(messages) -> message => message.ok(),
            recv(ended) -> _ => messages.try_recv().ok(),
        };
        let Some(message) = message else { return };
        if wire::write(&message, &mut out).is_err() {
            return;
        }
    }
}
