package io.towpath.migration.plan.show;

import io.towpath.migration.plan.Plan;

/** The interview that starts every migration, as a Markdown table with an owner to fill in. */
public final class Checklist {

    private Checklist() {}

    public static String of(Plan plan) {
        StringBuilder page = new StringBuilder("# Who must move with " + plan.name() + "\n\n"
                + "As the source knows it. A producer without an id is known by its last write only.\n\n"
                + "| | what | name | what is known | owner | moved |\n|---|---|---|---|---|---|\n");
        int number = 1;
        for (Plan.Mover mover : plan.movers()) {
            row(page, number++, mover.kind(), mover.name(), mover.about());
        }
        for (String user : plan.reissue()) {
            row(
                    page,
                    number++,
                    "new secret",
                    user.substring(0, user.indexOf(": ")),
                    user.substring(user.indexOf(": ") + 2));
        }
        return page.toString();
    }

    private static void row(StringBuilder page, int number, String... cells) {
        page.append("| ").append(number);
        for (String cell : cells) {
            page.append(" | ").append(cell.replace("|", "\\|"));
        }
        page.append(" | | ☐ |\n");
    }
}
