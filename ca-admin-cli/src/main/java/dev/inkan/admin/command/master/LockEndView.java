package dev.inkan.admin.command.master;

import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Listing;
import dev.inkan.core.api.LockEnd;
import java.util.List;

/** How the end of a lock or a block looks. */
final class LockEndView {

  private LockEndView() {}

  static int print(Session session, LockEnd end, String done, OutputOption output) {
    Listing<LockEnd> row =
        new Listing<>(
            List.of(
                Column.maybe("user", LockEnd::userId), Column.maybe("login-id", LockEnd::loginId)),
            "");
    return output.one(
        session,
        end,
        row,
        paper -> {
          end.userId()
              .ifPresent(it -> paper.out().println("user " + it + " " + done + "; a mail says so"));
          end.loginId().ifPresent(it -> paper.out().println("letter " + it + " " + done));
        });
  }
}
