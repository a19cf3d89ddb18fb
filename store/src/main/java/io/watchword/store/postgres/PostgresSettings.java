package io.watchword.store.postgres;

import io.watchword.store.group.GroupLimits;

/**
 * How the scale-out engine is opened.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param user who owns the tables
 * @param password of the user; never printed
 * @param limits of this node's queue and groups
 * @param committers threads that commit groups, each with a connection of its own
 * @param readers connections for reads and sweeps
 */
public record PostgresSettings(
    String url, String user, String password, GroupLimits limits, int committers, int readers) {

  private static final int COMMITTERS = 2;
  private static final int READERS = 8;

  public PostgresSettings {
    if (committers < 1 || readers < 1) {
      throw new IllegalArgumentException("at least one committer and one reader");
    }
  }

  /** The settings that suit a database of which nothing else is known. */
  public static PostgresSettings of(String url, String user, String password) {
    return new PostgresSettings(url, user, password, GroupLimits.DEFAULT, COMMITTERS, READERS);
  }

  /** The same with other limits. */
  public PostgresSettings withLimits(GroupLimits other) {
    return new PostgresSettings(url, user, password, other, committers, readers);
  }

  /** The same with another number of committers. */
  public PostgresSettings withCommitters(int other) {
    return new PostgresSettings(url, user, password, limits, other, readers);
  }

  @Override
  public String toString() {
    return "PostgresSettings[" + place() + ", user=" + user + ", " + limits + "]";
  }

  /** The URL without its parameters, which may hold secrets. */
  String place() {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}
