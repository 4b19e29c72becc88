package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.Said;
import dev.inkan.server.http.web.view.UserListView;
import dev.inkan.server.http.web.view.UserListView.Column;
import dev.inkan.server.http.web.view.UserListView.Paging;
import dev.inkan.server.http.web.view.UserListView.Row;
import dev.inkan.server.registration.administration.ListedUser;
import dev.inkan.server.registration.administration.UserDirectory;
import dev.inkan.server.registration.administration.UserPage;
import dev.inkan.server.registration.administration.UserQuery;
import dev.inkan.server.registration.administration.UserQuery.Sort;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;

/** 一般ユーザーの管理: the list (C4). */
final class UserListHandler {

  private final MasterGate gate;
  private final Screens screens;
  private final Flash flash;
  private final UserDirectory directory;
  private final UserWords words;

  UserListHandler(
      MasterGate gate, Screens screens, Flash flash, UserDirectory directory, UserWords words) {
    this.gate = gate;
    this.screens = screens;
    this.flash = flash;
    this.directory = directory;
    this.words = words;
  }

  /** The search form leads to an address, which can be gone back to. */
  void search(Context ctx, MasterVisit visit) {
    Screens.goTo(ctx, UserListAddress.of(UserListAddress.read(WebGuards.form(ctx))));
  }

  void show(Context ctx, MasterVisit visit) {
    UserQuery query = UserListAddress.read(ctx);
    gate.answer(
        ctx,
        visit,
        directory.list(visit.actor(), query),
        found -> screens.show(ctx, view(ctx, visit, query, found)));
  }

  private UserListView view(Context ctx, MasterVisit visit, UserQuery query, UserPage found) {
    Said said =
        flash.take(ctx, visit.visit().token()).map(UserWords::said).orElseGet(Said::nothing);
    return new UserListView(
        visit.page(),
        said,
        visit.master().organisation().name(),
        query.text(),
        UserListAddress.name(query.sort()),
        UserListAddress.order(query),
        columns(query),
        found.users().stream().map(this::row).toList(),
        paging(query, found));
  }

  private static List<Column> columns(UserQuery query) {
    return List.of(
        column("ユーザーID", Sort.USER_ID, query),
        column("氏名", Sort.NAME, query),
        column("状態", Sort.STATE, query),
        column("電子証明書", Sort.CERTIFICATE_END, query));
  }

  private static Column column(String label, Sort sort, UserQuery query) {
    boolean sorted = query.sort() == sort;
    boolean descend = sorted && !query.descending();
    String path = UserListAddress.of(new UserQuery(query.text(), sort, descend, 1));
    String way = query.descending() ? "descending" : "ascending";
    return new Column(label, path, sorted ? way : "");
  }

  private Row row(ListedUser listed) {
    return new Row(
        listed.user().userId().value(),
        UserWords.path(listed.user().userId()),
        listed.user().name(),
        words.state(listed.user()),
        listed.newest().map(words::certificate).orElseGet(UserWords::noCertificate),
        listed.newest().map(words::daysLeft).orElse(""),
        listed.lastMailRefused());
  }

  private static Paging paging(UserQuery query, UserPage found) {
    int number = found.number();
    int pages = found.pages();
    return new Paging(
        count(found),
        pages == 1 ? "" : number + "／" + pages + "ページ",
        number == 1 ? "" : page(query, 1),
        number == 1 ? "" : page(query, number - 1),
        number == pages ? "" : page(query, number + 1),
        number == pages ? "" : page(query, pages));
  }

  private static String page(UserQuery query, int number) {
    return UserListAddress.of(
        new UserQuery(query.text(), query.sort(), query.descending(), number));
  }

  private static String count(UserPage found) {
    String total = String.format(Locale.ROOT, "%,d名", found.total());
    if (found.pages() == 1) {
      return total;
    }
    int last = found.first() + found.users().size() - 1;
    return String.format(Locale.ROOT, "%s中 %,d～%,d名", total, found.first(), last);
  }
}
