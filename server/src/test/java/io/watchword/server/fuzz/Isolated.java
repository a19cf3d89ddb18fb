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

  private static final ClassLoader LOADER = loader();
  private static final MethodHandle INPUT =
      method("fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));

  private Isolated() {}

  /** Called once, before time counts. */
  public static void fuzzerInitialize() throws Throwable {
    Thread.currentThread().setContextClassLoader(LOADER);
    method("fuzzerInitialize", MethodType.methodType(void.class)).invokeExact();
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) throws Throwable {
    INPUT.invokeExact(bytes);
  }

  private static ClassLoader loader() {
    List<URL> places = new ArrayList<>();
    try {
      for (String place : System.getProperty(CLASS_PATH).split(File.pathSeparator)) {
        places.add(Path.of(place).toUri().toURL());
      }
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
    return new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static MethodHandle method(String name, MethodType type) {
    try {
      Class<?> target = LOADER.loadClass(System.getProperty(TARGET));
      return MethodHandles.publicLookup().findStatic(target, name, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
