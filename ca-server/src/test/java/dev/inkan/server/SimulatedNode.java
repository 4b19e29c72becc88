package dev.inkan.server;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.http.web.WebApplication;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.job.Job;
import dev.inkan.server.mail.MailTransport;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.certificate.CertificateRevocation;
import dev.inkan.server.service.Jobs;
import dev.inkan.server.service.Registration;
import dev.inkan.server.store.FileJournal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The inside of one server in a simulation: its clock is also the database's, and a certificate is
 * made while the visitor waits.
 */
final class SimulatedNode implements AutoCloseable {

  private final Storage storage;
  private final FileJournal journal;
  private final KeyPool keys;
  private final Transactions<RegistrationStores> transactions;
  private final CertificateRevocation revocation;
  private final WebApplication.Desks desks;
  private final List<Job> jobs;
  private final Job mail;

  SimulatedNode(InkanConfig config, Clock clock, String name, MailTransport transport) {
    Host host = new Host(clock, new SecureRandom(), new NodeName(name));
    this.storage = Storage.open(config, clock, host.random());
    Authorities authorities = Authorities.open(config, host, storage);
    this.journal =
        FileJournal.open(
            config.journal().file().resolveSibling(name + ".log"),
            host.node(),
            authorities.issuer());
    this.keys = authorities.keyPool();
    this.transactions = new SimulatedTime(storage.transactions(), clock);
    CertificationAuthority<RegistrationStores> authority =
        authorities.certificationAuthority(transactions, journal, keys);
    RevocationAuthority<RegistrationStores> revocations =
        authorities.revocationAuthority(transactions, journal);
    this.revocation = new CertificateRevocation(revocations);
    this.desks =
        new Registration(config, host, transactions)
            .desks(authority, authorities.policy(), storage.secret(), revocations, new AtOnce());
    Jobs all = new Jobs(config, host, storage);
    this.mail = all.mail(transport);
    this.jobs = Stream.concat(all.others().stream(), Stream.of(mail)).toList();
  }

  WebApplication.Desks desks() {
    return desks;
  }

  Storage storage() {
    return storage;
  }

  Transactions<RegistrationStores> transactions() {
    return transactions;
  }

  RevocationOutcome revoke(SerialNumber serial) {
    Actor clerk = new Actor(Actor.Kind.OPERATOR, "clerk");
    return revocation.revoke(serial, Revocation.because(RevocationReason.KEY_COMPROMISE), clerk);
  }

  void sendMail() {
    mail.work().run();
  }

  void runJobs() {
    jobs.forEach(job -> job.work().run());
  }

  @Override
  public void close() {
    keys.close();
    journal.close();
    storage.close();
  }

  /** Transactions whose database keeps the simulated time. */
  private record SimulatedTime(Transactions<RegistrationStores> real, Clock clock)
      implements Transactions<RegistrationStores> {

    @Override
    public <R> R inTransaction(Function<RegistrationStores, R> work) {
      return real.inTransaction(stores -> work.apply(withTime(stores)));
    }

    private RegistrationStores withTime(RegistrationStores stores) {
      return (RegistrationStores)
          Proxy.newProxyInstance(
              RegistrationStores.class.getClassLoader(),
              new Class<?>[] {RegistrationStores.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("databaseTime")) {
                  return clock.instant();
                }
                try {
                  return method.invoke(stores, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }

  /** Does what it is given before it returns. */
  private static final class AtOnce extends AbstractExecutorService {

    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {
      // Nothing runs.
    }

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
