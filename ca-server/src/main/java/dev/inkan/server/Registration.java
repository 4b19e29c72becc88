package dev.inkan.server;

import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.Host;
import dev.inkan.core.policy.CodePolicy;
import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.http.web.WebApplication;
import dev.inkan.server.registration.Authenticator;
import dev.inkan.server.registration.CertificateApplications;
import dev.inkan.server.registration.CertificateIssue;
import dev.inkan.server.registration.CodeBook;
import dev.inkan.server.registration.FileDelivery;
import dev.inkan.server.registration.HashingGate;
import dev.inkan.server.registration.InstallationSecret;
import dev.inkan.server.registration.LogIn;
import dev.inkan.server.registration.PasswordHasher;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.Sessions;
import dev.inkan.server.registration.SourceBudget;
import java.util.concurrent.ExecutorService;

/** The registration authority, as the configuration describes it. */
final class Registration {

  private final InkanConfig config;
  private final Host host;
  private final Transactions<RegistrationStores> transactions;

  Registration(InkanConfig config, Host host, Transactions<RegistrationStores> transactions) {
    this.config = config;
    this.host = host;
    this.transactions = transactions;
  }

  static PasswordHasher hasher(InkanConfig config, Host host) {
    InkanConfig.Argon2 argon2 = config.password().argon2();
    return new PasswordHasher(
        new PasswordHasher.Cost(argon2.memoryKib(), argon2.iterations(), argon2.parallelism()),
        host.random());
  }

  /** The desks behind the screens. */
  WebApplication.Desks desks(
      CertificationAuthority<RegistrationStores> authority,
      IssuancePolicy policy,
      InstallationSecret secret,
      ExecutorService issueWorkers) {
    Sessions sessions = new Sessions(config.session().idle(), host.clock(), host.random());
    Authenticator authenticator = authenticator();
    CertificateApplications.Chance chance =
        new CertificateApplications.Chance(host.clock(), host.random());
    CertificateApplications applications =
        new CertificateApplications(
            transactions,
            authenticator,
            authority,
            sessions,
            new CodeBook(secret),
            codePolicy(),
            chance);
    CertificateIssue issue =
        new CertificateIssue(
            transactions,
            authority,
            sessions,
            issueWorkers,
            new CertificateIssue.Terms(host.node(), policy.zone(), config.download().retention()),
            chance);
    return new WebApplication.Desks(
        sessions,
        applications,
        issue,
        new FileDelivery(transactions, applications, host.clock()),
        new LogIn(transactions, authenticator, sessions, policy, host.clock()));
  }

  private Authenticator authenticator() {
    InkanConfig.Password password = config.password();
    InkanConfig.Lockout lockout = config.lockout();
    InkanConfig.SourceBudget budget = config.sourceBudget();
    return new Authenticator(
        transactions,
        hasher(config, host),
        new HashingGate(password.hashingThreads(), password.hashingQueue()),
        new SourceBudget(budget.attempts(), budget.per()),
        new LockoutPolicy(lockout.failures(), lockout.duration(), lockout.locks()),
        host.clock());
  }

  private CodePolicy codePolicy() {
    InkanConfig.Code code = config.code();
    return new CodePolicy(
        CodePolicy.BANK.digits(),
        code.lifetime(),
        code.tries(),
        code.resendAfter(),
        code.perDay(),
        CodePolicy.BANK.voidCodesUntilLocked());
  }
}
