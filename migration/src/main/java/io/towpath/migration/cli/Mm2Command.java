package io.towpath.migration.cli;

import picocli.CommandLine.Command;

/** {@code towpath mm2 …}: the packaged MirrorMaker 2 flows. */
@Command(
        name = "mm2",
        description = "Renders the packaged MirrorMaker 2 flows, and checks others.",
        subcommands = {RenderCommand.class, LintCommand.class},
        mixinStandardHelpOptions = true)
final class Mm2Command {}
