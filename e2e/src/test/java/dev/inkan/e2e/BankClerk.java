package dev.inkan.e2e;

import dev.inkan.admin.client.Api;
import dev.inkan.admin.client.ConnectionSettings;
import dev.inkan.admin.client.Password;
import dev.inkan.admin.client.Resource;
import dev.inkan.core.api.IssuedCredential;
import dev.inkan.core.api.NewOperator;
import dev.inkan.core.api.NewOrganisation;
import dev.inkan.core.api.OrganisationAdded;
import dev.inkan.core.api.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One of the bank's staff at a running server's admin API, with the command line's own client but
 * without its process.
 */
final class BankClerk {

  private static final String NAME = "clerk";

  private final Api api;

  private BankClerk(Api api) {
    this.api = api;
  }

  /** Adds a clerk to {@code installation}, which is being served. */
  static BankClerk at(Installation installation) {
    Path keys = installation.folder().resolve("keys");
    try {
      IssuedCredential issued =
          api(
                  installation.adminUri(),
                  keys.resolve("operator-admin.p12"),
                  Files.readString(keys.resolve("operator-admin.passphrase")))
              .post(
                  Resource.of("operators"),
                  new NewOperator(NAME, "木村 花子", List.of(Role.CLERK)),
                  IssuedCredential.class);
      Path file = installation.folder().resolve(issued.fileName());
      Files.write(file, Base64.getDecoder().decode(issued.pkcs12()));
      return new BankClerk(api(installation.adminUri(), file, issued.passphrase()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Api api(URI server, Path credential, String passphrase) {
    return Api.of(
        new ConnectionSettings(
            server, credential, Optional.empty(), Optional.empty(), Duration.ofSeconds(30)),
        Password.takeOver(passphrase.strip().toCharArray()));
  }

  /** Registers an organisation, and returns the letter to its master user. */
  Letter registers(String number, String name) {
    var letter =
        api.post(
                Resource.of("organisations"),
                new NewOrganisation(number, name),
                OrganisationAdded.class)
            .letter()
            .orElseThrow();
    return new Letter(letter.loginId(), letter.initialPassword());
  }
}
