package dev.flowmail.api.commands;

/** One of the program's commands; its arguments are its fields. */
interface Command {

    /**
     * Does what the arguments say.
     *
     * @return the exit code
     * @throws UsageException when they make no sense together
     * @throws dev.flowmail.api.settings.CannotStartException when it cannot be done; the message says why
     */
    int run();
}
