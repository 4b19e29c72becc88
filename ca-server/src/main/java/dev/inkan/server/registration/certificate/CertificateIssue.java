package dev.inkan.server.registration.certificate;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.IssueOutcome;
import dev.inkan.core.authority.SubscriberRequest;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.access.ApplicationId;
import dev.inkan.server.registration.access.Session;
import dev.inkan.server.registration.access.Sessions;
import dev.inkan.server.registration.application.Application;
import dev.inkan.server.registration.application.ApplicationState;
import dev.inkan.server.registration.application.IssuedFile;
import dev.inkan.server.registration.secret.Chance;
import dev.inkan.server.registration.secret.SealKey;
import dev.inkan.server.registration.secret.SealedPassword;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.user.User;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps ⑥ and ⑦: has the certificate made in the background, once, and leaves the file sealed for
 * the browser that asked. Safe for several threads.
 */
public final class CertificateIssue {

  static final String FILE_PURPOSE = "pkcs12";

  private static final Logger LOG = LoggerFactory.getLogger(CertificateIssue.class);
  private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  private final Transactions<? extends CertificateStores> transactions;
  private final CertificationAuthority<? extends CertificateStores> authority;
  private final Sessions sessions;
  private final ExecutorService workers;
  private final Terms terms;
  private final Chance chance;
  private final Set<ApplicationId> working = ConcurrentHashMap.newKeySet();

  /**
   * What an issue goes by.
   *
   * @param zone the bank's, for the file name
   * @param retention how long the file can be fetched again
   */
  public record Terms(NodeName node, ZoneId zone, Duration retention) {}

  /**
   * @param workers bounded: when it is full the application ends as failed and the visitor starts
   *     again
   */
  public CertificateIssue(
      Transactions<? extends CertificateStores> transactions,
      CertificationAuthority<? extends CertificateStores> authority,
      Sessions sessions,
      ExecutorService workers,
      Terms terms,
      Chance chance) {
    this.transactions = transactions;
    this.authority = authority;
    this.sessions = sessions;
    this.workers = workers;
    this.terms = terms;
    this.chance = chance;
  }

  /**
   * ⑥: starts the making, if this is the first time it is asked for.
   *
   * @throws dev.inkan.core.certificate.UnavailableException if the CA's key is away; the visitor
   *     can try again
   */
  public BeginOutcome begin(SessionToken token) {
    authority.requireReady();
    AtomicReference<Begun> begun = new AtomicReference<>(Begun.without(BeginOutcome.NO_SESSION));
    try {
      boolean unused =
          transactions.inTransaction(
              stores -> {
                begun.set(begin(stores, token));
                return true;
              });
    } catch (StoreUnavailableException e) {
      // It may have been committed, and then it would be under way for ever.
      last(begun).task().ifPresent(this::drop);
      throw e;
    }
    last(begun).task().ifPresent(this::submit);
    return last(begun).outcome();
  }

  private static Begun last(AtomicReference<Begun> begun) {
    return requireNonNull(begun.get());
  }

  private void drop(Task task) {
    task.passphrase().close();
    working.remove(task.application().id());
    failLater(task.application());
  }

  private record Begun(BeginOutcome outcome, Optional<Task> task) {
    static Begun without(BeginOutcome outcome) {
      return new Begun(outcome, Optional.empty());
    }
  }

  private record Task(Application application, User user, Passphrase passphrase, SealKey sealKey) {}

  private Begun begin(CertificateStores stores, SessionToken token) {
    Optional<Application> found =
        sessions
            .find(stores, token)
            .flatMap(Session::application)
            .flatMap(stores.applications()::find);
    if (found.isEmpty()) {
      return Begun.without(BeginOutcome.NO_SESSION);
    }
    Application application = found.get();
    return switch (application.state()) {
      case ISSUING, ISSUED, FAILED -> Begun.without(BeginOutcome.ALREADY_BEGUN);
      case CODE_SENT, CODE_VOID, CANCELLED -> Begun.without(BeginOutcome.NOT_CONFIRMED);
      case PASSWORD_DUE -> Begun.without(BeginOutcome.PASSWORD_DUE);
      case CONFIRMED -> beginConfirmed(stores, token, application);
    };
  }

  private Begun beginConfirmed(
      CertificateStores stores, SessionToken token, Application application) {
    Optional<User> user = stores.users().find(application.user());
    if (user.isEmpty()) {
      return Begun.without(BeginOutcome.NOT_CONFIRMED);
    }
    if (user.get().password().isInitial()) {
      // Somebody set another since; what is sealed here counts no more.
      return Begun.without(BeginOutcome.NO_SESSION);
    }
    if (!stores.applications().begin(application.id(), terms.node())) {
      return Begun.without(BeginOutcome.ALREADY_BEGUN);
    }
    working.add(application.id());
    Passphrase passphrase = openPassword(token, application);
    return new Begun(
        BeginOutcome.BEGUN,
        Optional.of(new Task(application, user.get(), passphrase, token.sealKey())));
  }

  private static Passphrase openPassword(SessionToken token, Application application) {
    byte[] octets =
        application
            .sealedPassword()
            .flatMap(kept -> SealedPassword.open(token, kept))
            .orElseThrow(() -> new IllegalStateException("the sealed password does not open"));
    char[] characters = new String(octets, StandardCharsets.US_ASCII).toCharArray();
    try {
      return Passphrase.copyOf(characters);
    } finally {
      Arrays.fill(octets, (byte) 0);
      Arrays.fill(characters, '\0');
    }
  }

  private void submit(Task task) {
    try {
      workers.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      task.passphrase().close();
      LOG.warn("issue queue full; application {} ends as failed", task.application().id());
      fail(task.application());
    }
  }

  private void run(Task task) {
    try (Passphrase passphrase = task.passphrase()) {
      IssueOutcome outcome =
          authority.issue(
              request(task.user()), passphrase, (stores, issued) -> complete(stores, task, issued));
      outcome.fold(
          issued -> {
            LOG.info(
                "certificate {} issued to {}", issued.entry().serialNumber(), task.user().userId());
            return true;
          },
          refused -> {
            LOG.info("issue to {} refused: {}", task.user().userId(), refused.decision());
            fail(task.application());
            return false;
          });
    } catch (RuntimeException e) {
      // The visitor sees ⑧ say so; the operator sees why.
      LOG.error("issue to {} failed: {}", task.user().userId(), e.getMessage(), e);
      fail(task.application());
    } finally {
      working.remove(task.application().id());
    }
  }

  private static SubscriberRequest request(User user) {
    return new SubscriberRequest(user.id(), user.organisation().name(), user.userId().value());
  }

  private void complete(CertificateStores stores, Task task, IssueOutcome.Issued issued) {
    Instant now = chance.clock().instant();
    byte[] pfx = issued.pfx().toByteArray();
    SealedSecret sealed = task.sealKey().seal(pfx, FILE_PURPOSE, chance.random());
    Arrays.fill(pfx, (byte) 0);
    String name = task.user().userId() + FILE_TIME.format(now.atZone(terms.zone())) + ".p12";
    IssuedFile file =
        new IssuedFile(
            issued.entry().serialNumber(),
            name,
            Optional.of(sealed),
            now.plus(terms.retention()),
            Optional.empty());
    if (!stores.applications().complete(task.application().id(), file)) {
      throw new IllegalStateException("the application is no longer being issued");
    }
    HolderMails.issued(stores, issued.entry());
  }

  private void fail(Application application) {
    working.remove(application.id());
    try {
      transactions.inTransaction(stores -> stores.applications().fail(application.id()));
    } catch (RuntimeException e) {
      LOG.error("application {} could not be ended: {}", application.id(), e.getMessage());
      failLater(application);
    }
  }

  private void failLater(Application application) {
    authority
        .unfinished()
        .add(
            () -> {
              if (!working.contains(application.id())) {
                transactions.inTransaction(stores -> stores.applications().fail(application.id()));
              }
            });
  }

  /**
   * Ends an application that is neither being made here nor will be: the making failed and so did
   * noting it, because the database was away. Called when somebody looks at it.
   */
  public boolean endIfOrphaned(Application application) {
    boolean ours = application.issuingNode().filter(terms.node()::equals).isPresent();
    return application.state() == ApplicationState.ISSUING
        && ours
        && !working.contains(application.id())
        && transactions.inTransaction(stores -> stores.applications().fail(application.id()));
  }
}
