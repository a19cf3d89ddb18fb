package io.watchword.server.settings;

import io.watchword.server.settings.values.Form;
import io.watchword.server.settings.values.Secret;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings group {@code store}.
 *
 * @param folder of the data; one process at a time holds it. {@code --data} wins over it
 * @param postgres the database in which several nodes keep their state; empty: a file in the folder
 */
public record StoreSettings(Path folder, Optional<Postgres> postgres) {

  /**
   * @param url JDBC address; it is shown with the settings, so it never holds a password
   * @param user who owns the tables
   * @param password {@code null} where the database asks for none
   */
  public record Postgres(
      @Form(
              value = "jdbc:postgresql://[^/\\s?]+/[^/\\s?]+(\\?\\S*)?",
              says = "is no address such as jdbc:postgresql://db.example:5432/watchword")
          String url,
      @Form(value = "\\S+", says = "is no user's name") String user,
      @Nullable Secret password) {

    public Postgres {
      if (url.toLowerCase(Locale.ROOT).contains("password=")) {
        throw new IllegalArgumentException(
            "the url must not hold the password; store.postgres.password is for it");
      }
    }
  }
}
