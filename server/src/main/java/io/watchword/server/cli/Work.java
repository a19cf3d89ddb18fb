package io.watchword.server.cli;

import io.watchword.server.Administration;
import io.watchword.server.Platform;
import io.watchword.server.admin.Answer;
import java.io.InputStream;

/**
 * What a command works with, be it inside the running server or on a folder that it has opened
 * itself.
 *
 * @param operator who acts, for the audit
 * @param in the file that the command reads, or nothing
 */
record Work(Platform platform, String operator, InputStream in, Answer answer) {

  Administration administration() {
    return platform.administration();
  }
}
