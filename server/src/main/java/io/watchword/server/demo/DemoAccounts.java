package io.watchword.server.demo;

import io.watchword.server.accounts.AccountLine;
import io.watchword.server.accounts.AccountRegister;
import io.watchword.server.accounts.ApplicationLine;
import io.watchword.server.accounts.ApplicationRegister;
import io.watchword.server.people.LineRefused;
import io.watchword.server.people.PersonLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The accounts, applications and clients of the demo, from files of JSON lines as in every import.
 * Passwords and secrets are random for each data folder and kept in its {@code credentials.json}.
 */
public final class DemoAccounts {

  private static final String OPERATOR = "demo";
  private static final int LONGEST_LINE = 64 * 1024;

  private final AccountRegister accounts;
  private final ApplicationRegister applications;
  private final DemoCredentials credentials;
  private final PersonLines lines = new PersonLines(LONGEST_LINE);

  public DemoAccounts(
      AccountRegister accounts, ApplicationRegister applications, DemoCredentials credentials) {
    this.accounts = accounts;
    this.applications = applications;
    this.credentials = credentials;
  }

  /** What is done with a line. */
  private interface Taker<T> {
    void take(T line) throws LineRefused;
  }

  /**
   * Brings every application of the file on file. Of the first client with a secret that it makes
   * or keeps the credentials are written down.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if a line is wrong; the message says which and why
   */
  public void loadApplications(Path file) throws IOException {
    each(
        file,
        ApplicationLine.class,
        line -> {
          ApplicationLine.Credential client =
              line.clients() == null || line.clients().isEmpty() ? null : line.clients().getFirst();
          if (client == null || client.id() == null) {
            applications.put(OPERATOR, line);
            return;
          }
          Optional<String> kept = credentials.clientSecret(client.id());
          if (kept.isPresent() && applications.knows(client.id())) {
            applications.put(OPERATOR, line);
            return;
          }
          String secret = kept.orElseGet(applications::newSecret);
          applications.put(OPERATOR, withSecret(line, client, secret));
          credentials.writeClient(client.id(), secret, String.valueOf(line.id()));
        });
  }

  private static ApplicationLine withSecret(
      ApplicationLine line, ApplicationLine.Credential client, String secret) {
    return new ApplicationLine(
        line.id(),
        line.users(),
        line.channels(),
        line.severalChannels(),
        line.families(),
        line.sendsPerHour(),
        line.captcha(),
        line.codes(),
        List.of(new ApplicationLine.Credential(client.id(), client.roles(), secret)));
  }

  /**
   * Brings every account of the file on file.
   *
   * @return them, as integrators see them
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if a line is wrong; the message says which and why
   */
  public List<DemoUser> loadAccounts(Path file) throws IOException {
    List<DemoUser> users = new ArrayList<>();
    each(file, AccountLine.class, line -> users.add(account(line)));
    return users;
  }

  private DemoUser account(AccountLine line) throws LineRefused {
    String name = line.loginName();
    if (name == null) {
      throw new LineRefused("loginName is missing");
    }
    Optional<String> kept = credentials.password(name);
    String password = kept.orElseGet(applications::newSecret);
    boolean known = kept.isPresent() && accounts.hasPassword(name, password);
    accounts.put(
        OPERATOR,
        new AccountLine(
            name,
            line.email(),
            line.phone(),
            line.roles(),
            line.name(),
            line.language(),
            line.uin(),
            known ? null : password));
    return DemoUser.account(
        name, line.name(), line.email(), line.phone(), accounts.profile(name), password);
  }

  private <T> void each(Path file, Class<T> type, Taker<T> taker) throws IOException {
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        taker.take(lines.read(line.getBytes(StandardCharsets.UTF_8), type));
      } catch (LineRefused e) {
        throw new IllegalArgumentException(
            file.getFileName() + ":" + number + ": " + e.reason(), e);
      }
    }
  }
}
