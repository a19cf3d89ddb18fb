package io.watchword.client.mobile;

import io.watchword.wire.mobile.ScannedCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers log-ins on other devices from within an app: enrolls this device for the person who is
 * logged in, and takes scanned codes.
 *
 * <p>No method waits for the server. Handlers run one after the other where the configuration says,
 * never within a call into this class; futures complete there too. One code or one enrollment at a
 * time: what comes meanwhile ends with 9007, and the first goes on.
 */
public final class MobileAuthClient implements AutoCloseable {

  private static final MobileAuthError CLOSED = MobileAuthError.internal("the client was closed");

  private final Parts parts;
  private final ExecutorService worker;
  private final ScheduledThreadPoolExecutor timer;
  private final Object lock = new Object();
  private @Nullable Object current; // the handling or enrollment that is not finished
  private boolean closed;

  /** Starts no request and no thread. */
  public MobileAuthClient(MobileAuthConfig config) {
    this.worker = oneThread("watchword-mobile");
    this.timer = new ScheduledThreadPoolExecutor(1, named("watchword-mobile-timer"));
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    Executor callbacks =
        config.callbacks().orElseGet(() -> oneThread("watchword-mobile-callbacks"));
    this.parts =
        new Parts(
            config,
            new Connection(config),
            new Enrollments(config),
            worker,
            timer,
            new InOrder(callbacks));
  }

  private static ExecutorService oneThread(String name) {
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Enrolls this device for the person who is logged in, who should have logged in just now. */
  public void enrollUserForMobileAuth(MobileAuthEnrollmentHandler handler) {
    Object mine = new Object();
    if (!begin(mine)) {
      refuse(() -> handler.onError(Refusals.inProgress()));
      return;
    }
    worker.execute(() -> {
      MobileAuthError error = failure(new Enrolling(parts)::enroll);
      end(mine);
      parts
          .callbacks()
          .execute(() -> {
            if (error == null) {
              handler.onSuccess();
            } else {
              handler.onError(error);
            }
          });
    });
  }

  /**
   * Enrolls this device for the person who is logged in.
   *
   * @return completes with a {@link MobileAuthException} if it fails
   */
  public CompletableFuture<@Nullable Void> enrollUserForMobileAuth() {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    enrollUserForMobileAuth(
        new MobileAuthEnrollmentHandler() {
          @Override
          public void onSuccess() {
            done.complete(null);
          }

          @Override
          public void onError(MobileAuthError error) {
            done.completeExceptionally(error.exception());
          }
        });
    return done;
  }

  /**
   * Whether this device has a key for the profile that the server has confirmed; asks nobody.
   *
   * @throws MobileAuthException with 8003 if this device does not know the profile
   */
  public boolean isUserEnrolledForMobileAuth(String profileId) throws MobileAuthException {
    if (parts.enrollments().confirmed(profileId).isPresent()) {
      return true;
    }
    boolean known =
        parts.enrollments().profiles().contains(profileId)
            || parts.config().registeredProfiles().contains(profileId)
            || parts
                .config()
                .session()
                .get()
                .filter(on -> on.profileId().equals(profileId))
                .isPresent();
    if (!known) {
      throw MobileAuthError.lasting(
              MobileAuthError.PROFILE_NOT_REGISTERED, "this device does not know the profile")
          .exception();
    }
    return false;
  }

  /**
   * Takes back the enrollment of the person who is logged in.
   *
   * @return completes with a {@link MobileAuthException} if it fails; then the key is still there
   */
  public CompletableFuture<@Nullable Void> disenroll() {
    return disenroll(Optional.empty());
  }

  /**
   * Takes back the enrollment of a profile, which must be the one that is logged in.
   *
   * @return completes with a {@link MobileAuthException} if it fails; then the key is still there
   */
  public CompletableFuture<@Nullable Void> disenroll(String profileId) {
    return disenroll(Optional.of(profileId));
  }

  private CompletableFuture<@Nullable Void> disenroll(Optional<String> profileId) {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    synchronized (lock) {
      requireOpen();
      worker.execute(() -> {
        MobileAuthError error = failure(() -> new Enrolling(parts).disenroll(profileId));
        parts
            .callbacks()
            .execute(() -> {
              if (error == null) {
                done.complete(null);
              } else {
                done.completeExceptionally(error.exception());
              }
            });
      });
    }
    return done;
  }

  /** Whether a text has the form of a code of the server; asks nobody and never throws. */
  public boolean canHandleOtp(@Nullable String text) {
    return text != null && ScannedCode.read(text, parts.config().appLink()).isPresent();
  }

  /** Takes a code that the app's camera scanned. */
  public void handleMobileAuthWithOtp(String otp, MobileAuthWithOtpHandler handler) {
    handleMobileAuthWithOtp(otp, CodeSource.CAMERA, handler);
  }

  /** Takes a code. */
  public void handleMobileAuthWithOtp(
      String otp, CodeSource source, MobileAuthWithOtpHandler handler) {
    OtpHandling mine = new OtpHandling(parts, handler, this::end);
    if (!begin(mine)) {
      refuse(() -> handler.onError(Refusals.inProgress()));
      return;
    }
    worker.execute(() -> mine.claim(otp, source));
  }

  /**
   * Takes a code that the app's camera scanned.
   *
   * @return completes when the server recorded that the person accepted, else with a {@link
   *     MobileAuthException}
   */
  public CompletableFuture<MobileAuthResult> handleMobileAuthWithOtp(String otp) {
    return handleMobileAuthWithOtp(otp, CodeSource.CAMERA);
  }

  /**
   * Takes a code.
   *
   * @return completes when the server recorded that the person accepted, else with a {@link
   *     MobileAuthException}
   */
  public CompletableFuture<MobileAuthResult> handleMobileAuthWithOtp(
      String otp, CodeSource source) {
    CompletableFuture<MobileAuthResult> done = new CompletableFuture<>();
    handleMobileAuthWithOtp(
        otp,
        source,
        new MobileAuthWithOtpHandler() {
          @Override
          public void onSuccess() {
            onSuccess(MobileAuthResult.NOTHING_TO_OPEN);
          }

          @Override
          public void onSuccess(MobileAuthResult result) {
            done.complete(result);
          }

          @Override
          public void onError(MobileAuthError error) {
            done.completeExceptionally(error.exception());
          }
        });
    return done;
  }

  /** A step that may fail. */
  @FunctionalInterface
  private interface Step {
    void run() throws MobileAuthException;
  }

  private @Nullable MobileAuthError failure(Step step) {
    synchronized (lock) {
      if (closed) {
        return CLOSED;
      }
    }
    try {
      step.run();
      return null;
    } catch (MobileAuthException e) {
      return e.error();
    } catch (RuntimeException e) {
      return MobileAuthError.internal("the library failed: " + e.getClass().getSimpleName());
    }
  }

  private boolean begin(Object mine) {
    synchronized (lock) {
      requireOpen();
      if (current != null) {
        return false;
      }
      current = mine;
      return true;
    }
  }

  private void end(Object mine) {
    synchronized (lock) {
      if (mine.equals(current)) {
        current = null;
      }
    }
  }

  /** By way of another thread, so that no handler runs within the app's call. */
  private void refuse(Runnable told) {
    timer.execute(() -> parts.callbacks().execute(told));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
  }

  /** Ends what is not finished with 8000; later calls fail. Keys stay. */
  @Override
  public void close() {
    Object unfinished;
    synchronized (lock) {
      closed = true;
      unfinished = current;
    }
    if (unfinished instanceof OtpHandling handling) {
      handling.end(CLOSED);
    }
    // What had not begun ends at once, so that every handler and future is told.
    worker.shutdownNow().forEach(Runnable::run);
    timer.shutdownNow();
  }
}
