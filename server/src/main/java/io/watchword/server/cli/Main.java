package io.watchword.server.cli;

import io.watchword.server.http.ServerSettings;
import io.watchword.server.http.ServerSettings.Log.Level;
import io.watchword.server.http.ServerSettings.Log.Shape;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program. */
@Command(
    name = "watchword",
    description = "Answers one question: is this person who they say they are?",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      IndividualCommand.class,
      AccountCommand.class,
      ApplicationCommand.class,
      ChannelCommand.class,
      MobileCommand.class,
      PartnerCommand.class,
      PolicyCommand.class,
      KeysCommand.class,
      SettingsCommand.class,
      AuditCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {

  private static final int FAILED = 1;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Until a command has read the settings: without this logback would show everything.
    Logging.configure(new ServerSettings.Log(Shape.TEXT, Level.WARN));
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      PrintWriter err = command.getErr();
      err.println("watchword: " + sentence(failure));
      return FAILED;
    });
    return line;
  }

  /** What went wrong, for a person: the first message that says something. */
  static String sentence(Throwable failure) {
    Throwable told = failure;
    while (told.getMessage() == null && told.getCause() != null) {
      told = told.getCause();
    }
    return told.getMessage() == null ? told.toString() : told.getMessage();
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"watchword " + (version == null ? "(not packaged)" : version)};
    }
  }
}
