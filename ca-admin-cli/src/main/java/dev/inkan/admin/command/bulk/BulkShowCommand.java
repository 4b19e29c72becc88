package dev.inkan.admin.command.bulk;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.ItemView;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.PageOptions;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.RequestItem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a bulk revocation. */
@Command(
    name = "show",
    description = {
      "Shows a bulk revocation: who asked, how far it is.",
      "With --items its certificates."
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin bulk show 12",
      "  inkan-admin bulk show 12 --items --all --output csv"
    },
    mixinStandardHelpOptions = true)
final class BulkShowCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private PageOptions pages;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "Its number.")
  private long number;

  @Option(names = "--items", description = "Lists its certificates instead.")
  private boolean items;

  BulkShowCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Resource one = Resource.of("bulk-revocations", Long.toString(number));
    if (items) {
      Resource all = Resource.of("bulk-revocations", Long.toString(number), "items");
      return output.list(session, ItemView.listing(), pages.of(session, all, RequestItem.class));
    }
    BulkRevocation bulk = session.api().get(one, BulkRevocation.class);
    return output.one(session, bulk, BulkView.listing(), paper -> BulkView.sheet(bulk, paper));
  }
}
