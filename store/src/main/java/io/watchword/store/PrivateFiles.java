package io.watchword.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes files and folders that their owner alone may open. */
public final class PrivateFiles {

  private PrivateFiles() {}

  /** An empty file, unless there is one. */
  public static void createIfMissing(Path file) throws IOException {
    try {
      Files.createFile(file, owned(file, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      // As it should be from the second start on.
    }
  }

  /** A folder and those above it, unless they are there. */
  public static void createFolders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, owned(folder, "rwx------"));
    }
  }

  /** None where the file system has no such permissions; the folder's own then apply. */
  private static FileAttribute<?>[] owned(Path path, String permissions) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }
}
