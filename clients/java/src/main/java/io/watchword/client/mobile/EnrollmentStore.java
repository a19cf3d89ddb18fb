package io.watchword.client.mobile;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps what the library knows of each profile beside the private key: nothing secret, but the keys
 * of the server are in it, so nobody else may change it. Called by one thread at a time.
 */
public interface EnrollmentStore {

  /** What was written last for the profile. */
  Optional<String> read(String profileId) throws IOException;

  /** Writes in place of what was there: wholly or, if it throws, not at all. */
  void write(String profileId, String json) throws IOException;

  /** Forgets a profile; nothing happens if there is none. */
  void forget(String profileId) throws IOException;

  /** The profiles that something is kept for. */
  Set<String> profiles() throws IOException;
}
