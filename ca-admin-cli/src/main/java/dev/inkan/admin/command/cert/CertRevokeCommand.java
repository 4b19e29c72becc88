package dev.inkan.admin.command.cert;

import dev.inkan.admin.command.AskedOptions;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Consent;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.EnumWords;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.SerialArgument;
import dev.inkan.admin.command.SerialLookup;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.command.StoppedException;
import dev.inkan.admin.command.bulk.BulkAct;
import dev.inkan.core.api.Cause;
import dev.inkan.core.api.NewBulkRevocation;
import dev.inkan.core.api.Revoke;
import dev.inkan.core.certificate.RevocationReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Revokes one certificate, or prepares to revoke many (D1). */
@Command(
    name = "revoke",
    description = {
      "Revokes a certificate for good; within a second every gateway can know.",
      "Several at once (--org, --user, --file, or more serial numbers) are a bulk revocation, which"
          + " says who asked and which another operator approves where the bank wants that.",
      "Shows what will change, and asks. For one lost PC «request add» keeps the whole story."
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin cert revoke 7f3a --reason key-compromise --lost-at \"2026-11-20 18:30\"",
      "  inkan-admin cert revoke --org 0012 --cause closing --asked-by 佐藤 --channel paper --dry-run",
      "  inkan-admin cert revoke --file serials.txt --cause stolen --asked-by 佐藤 --channel phone"
    },
    mixinStandardHelpOptions = true)
final class CertRevokeCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private AskedOptions asked;
  @Mixin private Consent consent;
  @Mixin private OutputOption output;

  @Parameters(
      arity = "0..*",
      paramLabel = "SERIAL",
      description = "Its serial number, or the beginning of it.")
  private List<SerialArgument> serials = List.of();

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      order = 10,
      completionCandidates = EnumWords.Reasons.class,
      description = "Of one certificate, what the CRL says: ${COMPLETION-CANDIDATES}.")
  private @Nullable RevocationReason reason;

  @Option(
      names = "--org",
      paramLabel = "NUMBER",
      order = 11,
      description = "All certificates of this organisation that count.")
  private @Nullable String organisation;

  @Option(
      names = "--user",
      paramLabel = "ID",
      order = 12,
      description = "All certificates of this user that count; may be repeated.")
  private List<String> users = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      order = 13,
      description = "Serial numbers, one a line; - reads them from the pipe.")
  private @Nullable Path file;

  @Option(
      names = "--user-file",
      paramLabel = "FILE",
      order = 14,
      description = "User IDs, one a line; - reads them from the pipe.")
  private @Nullable Path userFile;

  CertRevokeCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    boolean lists = !serials.isEmpty() || !users.isEmpty() || file != null || userFile != null;
    if (lists == (organisation != null)) {
      throw new StoppedException(
          ExitStatus.USAGE,
          lists
              ? "--org stands alone: it means all certificates of the organisation"
              : "which certificates? A serial number, --user, --org or --file",
          "inkan-admin cert list --user ID");
    }
    if (isSingle()) {
      RevocationReason why = singleReason();
      Session session = connection.open(desk);
      Revoke revoke = new Revoke(why, asked.lostAt(session), asked.note());
      return new SingleRevocation(session, consent, output).perform(serials.get(0), revoke);
    }
    if (reason != null) {
      throw new StoppedException(
          ExitStatus.USAGE, "--reason is for one certificate; of many say --cause");
    }
    asked.require();
    return BulkAct.create(connection.open(desk), this::wanted, consent, output);
  }

  private boolean isSingle() {
    return serials.size() == 1 && users.isEmpty() && file == null && userFile == null;
  }

  private RevocationReason singleReason() {
    if (asked.namesAsker()) {
      throw new StoppedException(
          ExitStatus.USAGE,
          "who asked is kept with a request, not with a single revocation",
          "inkan-admin request add --serial " + serials.get(0) + " --asked-by NAME …");
    }
    RevocationReason why =
        Optional.ofNullable(reason)
            .or(() -> asked.cause().map(Cause::reason))
            .orElseThrow(
                () ->
                    new StoppedException(
                        ExitStatus.USAGE,
                        "why? --reason " + new EnumWords.Reasons(),
                        "--reason key-compromise for a PC that was lost or stolen"));
    if (!why.allowedForAdministrators()) {
      throw new StoppedException(
          ExitStatus.USAGE,
          "--reason " + EnumWords.word(why) + " is reserved for the CA itself",
          "one of " + new EnumWords.Reasons());
    }
    return why;
  }

  private NewBulkRevocation wanted(Session session) {
    SerialLookup lookup = new SerialLookup(session.api());
    List<String> wholeSerials =
        Stream.concat(serials.stream(), ListFile.lines(file).stream().map(ListFile::serial))
            .map(it -> it.isWhole() ? it.beginning() : lookup.find(it).serialNumber())
            .toList();
    List<String> userIds =
        Stream.concat(users.stream(), ListFile.lines(userFile).stream()).toList();
    return new NewBulkRevocation(
        Optional.ofNullable(organisation), wholeSerials, userIds, asked.asked(session));
  }
}
