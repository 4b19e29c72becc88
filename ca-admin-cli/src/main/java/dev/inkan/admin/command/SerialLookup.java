package dev.inkan.admin.command;

import dev.inkan.admin.client.Api;
import dev.inkan.admin.client.Resource;
import dev.inkan.admin.output.Serials;
import dev.inkan.core.api.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the one certificate that somebody means. */
public final class SerialLookup {

  private static final int LOOKED_AT = 100;
  private static final int NAMED = 5;

  private final Api api;

  public SerialLookup(Api api) {
    this.api = api;
  }

  /**
   * The certificate.
   *
   * @throws StoppedException if several begin so
   * @throws dev.inkan.admin.client.ProblemException if there is none
   */
  public Certificate find(SerialArgument serial) {
    if (!serial.isWhole()) {
      List<Certificate> found =
          api
              .page(
                  Resource.of("certificates")
                      .with("serial", serial.beginning())
                      .with("limit", LOOKED_AT),
                  Certificate.class)
              .items()
              .stream()
              .filter(it -> serial.fits(it.serialNumber()))
              .toList();
      Optional<Certificate> only = only(serial, found);
      if (only.isPresent()) {
        return only.get();
      }
      if (!serial.end().isEmpty()) {
        throw notFound(serial);
      }
    }
    // Also the certificates of the CA itself, which only their whole number finds.
    return api.get(Resource.of("certificates", serial.beginning()), Certificate.class);
  }

  private static Optional<Certificate> only(SerialArgument serial, List<Certificate> found) {
    if (found.size() > 1) {
      throw new StoppedException(
          ExitStatus.USAGE,
          "several certificates begin with " + serial.beginning() + ": " + named(found),
          "more of its digits, or the whole number");
    }
    return found.stream().findFirst();
  }

  private static String named(List<Certificate> found) {
    return found.stream()
            .limit(NAMED)
            .map(
                it ->
                    Serials.brief(it.serialNumber())
                        + it.userId().map(user -> " (" + user + ")").orElse(""))
            .collect(Collectors.joining(", "))
        + (found.size() > NAMED ? " …" : "");
  }

  private static StoppedException notFound(SerialArgument serial) {
    return new StoppedException(
        ExitStatus.NOT_FOUND,
        "this CA has not issued a certificate " + serial,
        "inkan-admin cert list --user ID");
  }
}
