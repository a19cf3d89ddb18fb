package io.watchword.server.fuzz;

import java.io.File;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands inputs on to a target that has a class loader of its own. Jazzer reads every class that is
 * on the class path of its process, which takes half a minute for that of the server.
 */
public final class Isolated {

  /** Name of the target's class. */
  static final String TARGET = "watchword.fuzz.target";

  /** The target's class path. */
  static final String CLASS_PATH = "watchword.fuzz.class-path";

  private static final MethodHandle INPUT = input();

  private Isolated() {}

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) throws Throwable {
    INPUT.invokeExact(bytes);
  }

  @SuppressWarnings("resource") // as long as the process
  private static MethodHandle input() {
    List<URL> places = new ArrayList<>();
    try {
      for (String place : System.getProperty(CLASS_PATH).split(File.pathSeparator)) {
        places.add(Path.of(place).toUri().toURL());
      }
      var loader =
          new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
      Thread.currentThread().setContextClassLoader(loader);
      return MethodHandles.publicLookup()
          .findStatic(
              loader.loadClass(System.getProperty(TARGET)),
              "fuzzerTestOneInput",
              MethodType.methodType(void.class, byte[].class));
    } catch (MalformedURLException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
