package io.watchword.server.cli;

import io.watchword.server.Platform;
import io.watchword.server.admin.Answer;
import io.watchword.server.admin.Commands;
import java.io.InputStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs, inside the server, commands that were typed elsewhere. */
record AdminCommands(Platform platform) implements Commands {

  @Override
  public int run(List<String> arguments, String operator, InputStream in, Answer answer) {
    try {
      ParseResult parsed = Main.commandLine().parseArgs(arguments.toArray(String[]::new));
      while (parsed.hasSubcommand()) {
        parsed = parsed.subcommand();
      }
      if (parsed.commandSpec().userObject() instanceof PlatformCommand command) {
        return command.run(new Work(platform, operator, in, answer));
      }
      answer.err("watchword: this command does not run inside a server");
      return CommandLine.ExitCode.USAGE;
    } catch (ParameterException e) {
      answer.err("watchword: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    } catch (Exception e) {
      answer.err("watchword: " + Main.sentence(e));
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}
