package dev.flowmail.api.commands;

import picocli.CommandLine;

/** What the program does when no other command is named. */
@CommandLine.Command(
        name = ServeCommand.NAME,
        header = "Serves: the connector for Flow, the pages for recipients, and a worker.",
        description = {
            "",
            "With the embedded Temporal server unless TEMPORAL_ADDRESS is set. Settings are environment variables, configuration"
                    + " files and --property=value; docs/settings.md lists them.",
            "Ends by Ctrl-C or SIGTERM, once mails and callbacks in flight have come to their end."
        },
        customSynopsis = "./flowmail serve [--property=value]...",
        optionListHeading = "%n")
final class ServeCommand {
    static final String NAME = "serve";
}
