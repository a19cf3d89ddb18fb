package io.watchword.server.cli;

import io.watchword.server.people.Standings;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What stands against a person. */
abstract class StandingCommand implements PlatformCommand {

  @Mixin private DataOptions data = new DataOptions();

  @Parameters(paramLabel = "ID", index = "0", description = "UIN, VID or handle")
  private String id = "";

  @Override
  public DataOptions data() {
    return data;
  }

  /** What the operator wants, done. */
  abstract boolean change(Standings standings, String operator, String identifier);

  /** What is wrong with the command; empty: nothing. */
  String wrong() {
    return "";
  }

  /** What is true afterwards. */
  abstract String told();

  @Override
  public int run(Work work) {
    if (!wrong().isEmpty()) {
      work.answer().err("watchword: " + wrong());
      return 2;
    }
    if (!change(work.administration().standings(), work.operator(), id)) {
      work.answer().err("watchword: nobody has this identifier");
      return 1;
    }
    work.answer().out(told());
    return 0;
  }

  /** About one factor. */
  abstract static class OfFactor extends StandingCommand {

    @Parameters(
        paramLabel = "FACTOR",
        index = "1",
        description = "otp, otp-email, otp-phone, demo, pin, bio-Finger, bio-Iris or bio-Face")
    String factor = "";

    @Override
    String wrong() {
      Set<String> factors = new TreeSet<>(Standings.FACTORS);
      return factors.contains(factor)
          ? ""
          : factor + " is no factor; there are " + String.join(", ", factors);
    }
  }

  @Command(
      name = "lock",
      mixinStandardHelpOptions = true,
      description = "Locks a factor of a person: requests with it are refused.")
  static final class Lock extends OfFactor {

    @Override
    boolean change(Standings standings, String operator, String identifier) {
      return standings.lock(operator, identifier, factor);
    }

    @Override
    String told() {
      return factor + " is locked";
    }
  }

  @Command(
      name = "unlock",
      mixinStandardHelpOptions = true,
      description = "Takes the lock of a factor away.")
  static final class Unlock extends OfFactor {

    @Override
    boolean change(Standings standings, String operator, String identifier) {
      return standings.unlock(operator, identifier, factor);
    }

    @Override
    String told() {
      return factor + " is open";
    }
  }

  @Command(
      name = "deactivate",
      mixinStandardHelpOptions = true,
      description = "Takes a person out of service; what is on file stays.")
  static final class Deactivate extends StandingCommand {

    @Override
    boolean change(Standings standings, String operator, String identifier) {
      return standings.deactivate(operator, identifier);
    }

    @Override
    String told() {
      return "the person is deactivated";
    }
  }

  @Command(
      name = "activate",
      mixinStandardHelpOptions = true,
      description = "Takes a person into service again.")
  static final class Activate extends StandingCommand {

    @Override
    boolean change(Standings standings, String operator, String identifier) {
      return standings.activate(operator, identifier);
    }

    @Override
    String told() {
      return "the person is active";
    }
  }
}
