//! The language server, as an editor meets it: messages in, messages out, in one process and on the streams of the program.

mod editor;
mod help;
mod hostile;
mod pages;
mod projects;
