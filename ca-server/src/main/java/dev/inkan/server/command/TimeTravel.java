package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.job.Job;
import dev.inkan.server.service.Jobs;
import dev.inkan.server.simulation.BankDays;
import dev.inkan.server.simulation.DayReport;
import dev.inkan.server.simulation.Diary;
import dev.inkan.server.simulation.Ending;
import dev.inkan.server.simulation.Forecast;
import dev.inkan.server.simulation.Moments;
import dev.inkan.server.simulation.RecordingTransport;
import dev.inkan.server.simulation.SimulatedClock;
import dev.inkan.server.simulation.Simulation;
import dev.inkan.server.store.DatabaseCopy;
import dev.inkan.server.store.JdbiRecords;
import dev.inkan.server.tls.ServerKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An installation's days to come, lived through on a copy of its database. */
final class TimeTravel {

  private static final int HOURS_OF_A_DAY = 24;

  private final InkanConfig config;
  private final SecureRandom random;

  TimeTravel(InkanConfig config, SecureRandom random) {
    this.config = config;
    this.random = random;
  }

  /**
   * Lives through the days from {@code start} to {@code last}, that one included.
   *
   * @param progress is told of each day as soon as it is over
   */
  List<DayReport> live(Instant start, LocalDate last, BankDays bank, Consumer<DayReport> progress) {
    SimulatedClock clock = new SimulatedClock(start);
    List<DayReport> days = new ArrayList<>();
    try (DatabaseCopy copy = DatabaseCopy.of(Storage.settings(config));
        Storage storage = Storage.over(copy.database(), config, clock, random)) {
      forecast(storage, clock, bank)
          .run(
              last,
              day -> {
                days.add(day);
                progress.accept(day);
              });
    }
    return days;
  }

  private Forecast forecast(Storage storage, SimulatedClock clock, BankDays bank) {
    RecordingTransport transport = new RecordingTransport();
    Jobs jobs = new Jobs(config, new Host(clock, random, config.node()), storage);
    // What a job queues is sent at once, as the server does.
    List<Job> all = Stream.concat(jobs.others().stream(), Stream.of(jobs.mail(transport))).toList();
    Duration round = all.stream().map(Job::every).max(Comparator.naturalOrder()).orElseThrow();
    JdbiRecords records = new JdbiRecords(storage.database());
    List<Ending> endings = new ArrayList<>(records.endingsFrom(clock.instant()));
    addWebCertificate(endings);
    Moments moments = Moments.daily(bank.zone(), round, oddMoments(clock.instant(), endings));
    return new Forecast(
        clock,
        new Simulation(clock, moments, all),
        transport,
        records,
        new Diary(bank, Authorities.policy(config), endings));
  }

  /** The hours of the first day, when mails may wait for their next try; ends within a day. */
  private static List<Instant> oddMoments(Instant start, List<Ending> endings) {
    List<Instant> moments = new ArrayList<>();
    for (int hour = 1; hour <= HOURS_OF_A_DAY; hour++) {
      moments.add(start.plus(Duration.ofHours(hour)));
    }
    for (Ending ending : endings) {
      if (ending instanceof Ending.UserCertificate it) {
        moments.add(it.validity().end());
      }
    }
    return moments;
  }

  /** The one in use may be of the bank's own making, of which the ledger does not know. */
  private void addWebCertificate(List<Ending> endings) {
    InkanConfig.Tls tls = config.web().tls();
    try (Passphrase passphrase = tls.passphraseFile().passphrase()) {
      X509Certificate certificate = ServerKey.load(tls.keyFile(), passphrase).certificate();
      String serial = certificate.getSerialNumber().toString(16);
      Validity validity =
          new Validity(
              certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
      Ending ending = new Ending.OwnCertificate(CertificateKind.TLS_SERVER, serial, validity);
      if (!endings.contains(ending)) {
        endings.add(ending);
      }
    }
  }
}
