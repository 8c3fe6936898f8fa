//! The command line, nothing else.

fn main() -> std::process::ExitCode {
    kravbank::commands::main()
}
