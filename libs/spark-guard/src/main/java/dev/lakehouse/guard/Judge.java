package dev.lakehouse.guard;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.CurrentNamespace$;
import org.apache.spark.sql.catalyst.analysis.RelationTimeTravel;
import org.apache.spark.sql.catalyst.analysis.ResolvedNamespace;
import org.apache.spark.sql.catalyst.analysis.ResolvedPersistentView;
import org.apache.spark.sql.catalyst.analysis.ResolvedTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedNamespace;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.catalog.HiveTableRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SetCatalogAndNamespace;
import org.apache.spark.sql.catalyst.plans.logical.ShowFunctions;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.connector.catalog.CatalogPlugin;
import org.apache.spark.sql.execution.command.DescribeDatabaseCommand;
import org.apache.spark.sql.execution.command.ShowFunctionsCommand;
import org.apache.spark.sql.execution.command.ShowTablesCommand;
import org.apache.spark.sql.execution.command.ShowViewsCommand;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.Option;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Says what in a plan, parsed or analysed, a user may not do. Decides by the plan alone. */
final class Judge {
    private static final String CATALOG = "spark_catalog";
    // Drivers of JDBC and PyHive begin with USE default, and there may be SHOW FUNCTIONS; its tables stay unseen.
    private static final String START = "default";

    private final ThriftUser user;
    private final String currentSchema;
    private final boolean start;

    private Judge(ThriftUser user, String currentSchema, boolean start) {
        this.user = user;
        this.currentSchema = currentSchema;
        this.start = start;
    }

    /** Refuses by throwing. A name without a schema in a command means the current one. */
    static void judge(ThriftUser user, String currentSchema, LogicalPlan plan) {
        boolean start = plan instanceof SetCatalogAndNamespace
            || plan instanceof ShowFunctions
            || plan instanceof ShowFunctionsCommand;
        PlanParts.visit(plan, new Judge(user, currentSchema, start)::part);
    }

    private void part(Object part) {
        if (part instanceof TableIdentifier name) {
            name(name);
        } else if (part instanceof Expression expression) {
            expression(expression);
        } else if (part instanceof LogicalPlan plan) {
            if (!Allowed.plan(plan)) {
                throw refuse("may not run " + plan.nodeName());
            }
            plan(plan);
        }
    }

    private void expression(Expression expression) {
        if (!Allowed.expression(expression)) {
            throw refuse("may not use " + expression.prettyName());
        }
        if (expression instanceof UnresolvedFunction function && !Allowed.function(function.nameParts().last())) {
            throw refuse("may not use the function " + function.nameParts().last());
        }
    }

    private void plan(LogicalPlan plan) {
        if (plan instanceof UnresolvedRelation relation) {
            if (!relation.options().isEmpty()) {
                throw refuse("may not read a table with options");
            }
            relation(relation.multipartIdentifier());
        } else if (plan instanceof UnresolvedTableOrView table) {
            relation(table.multipartIdentifier());
        } else if (plan instanceof UnresolvedTable table) {
            relation(table.multipartIdentifier());
        } else if (plan instanceof UnresolvedTableValuedFunction function) {
            if (!Allowed.tableFunction(function.name().last())) {
                throw refuse("may not use the table function " + function.name().last());
            }
        } else if (plan instanceof RelationTimeTravel travel) {
            // Spark computes the point in time while it analyses, before the analysed plan can be judged.
            PlanParts.visit(travel.timestamp(), part -> {
                if (part instanceof SubqueryExpression) {
                    throw refuse("may not compute a point in time by a subquery");
                }
            });
        } else if (plan instanceof UnresolvedNamespace namespace) {
            namespace(namespace.multipartIdentifier());
        } else if (plan instanceof CurrentNamespace$) {
            schema(currentSchema);
        } else {
            resolved(plan);
        }
    }

    private void resolved(LogicalPlan plan) {
        if (plan instanceof LogicalRelation relation) {
            table(relation.catalogTable().map(table -> table.identifier()), relation);
        } else if (plan instanceof HiveTableRelation relation) {
            name(relation.tableMeta().identifier());
        } else if (plan instanceof DataSourceV2Relation relation) {
            catalog(relation.catalog().getOrElse(() -> null), relation);
            namespace(relation.identifier().get().namespace());
        } else if (plan instanceof ResolvedTable table) {
            catalog(table.catalog(), table);
            namespace(table.identifier().namespace());
        } else if (plan instanceof ResolvedPersistentView view) {
            catalog(view.catalog(), view);
            namespace(view.identifier().namespace());
        } else if (plan instanceof ResolvedNamespace namespace) {
            catalog(namespace.catalog(), namespace);
            namespace(namespace.namespace());
        } else if (plan instanceof View view && view.isTempView()) {
            throw refuse("may not read a temporary view");
        } else if (plan instanceof ShowTablesCommand show) {
            schema(show.databaseName().getOrElse(() -> currentSchema));
        } else if (plan instanceof ShowViewsCommand show) {
            schema(show.databaseName());
        } else if (plan instanceof ShowFunctionsCommand show) {
            schema(show.db());
        } else if (plan instanceof DescribeDatabaseCommand describe) {
            schema(describe.databaseName());
        }
    }

    private void relation(Seq<String> name) {
        List<String> parts = CollectionConverters.asJava(name);
        // One part is a common table expression or a table of the current schema; the analysed plan tells.
        if (parts.size() > 1) {
            schema(schemaOf(parts.subList(0, parts.size() - 1), String.join(".", parts)), String.join(".", parts));
        }
    }

    private void namespace(Seq<String> namespace) {
        List<String> parts = CollectionConverters.asJava(namespace);
        schema(parts.isEmpty() ? currentSchema : schemaOf(parts, String.join(".", parts)));
    }

    private void namespace(String[] namespace) {
        schema(schemaOf(List.of(namespace), String.join(".", namespace)));
    }

    private String schemaOf(List<String> namespace, String whole) {
        if (namespace.size() == 1) {
            return namespace.get(0);
        }
        if (namespace.size() == 2 && namespace.get(0).equalsIgnoreCase(CATALOG)) {
            return namespace.get(1);
        }
        throw refuse("may not see " + whole);
    }

    private void catalog(CatalogPlugin catalog, LogicalPlan plan) {
        if (catalog == null || !catalog.name().equals(CATALOG)) {
            throw refuse("may not read " + plan.nodeName() + " outside the catalog");
        }
    }

    private void table(Option<TableIdentifier> name, LogicalPlan plan) {
        if (name.isEmpty()) {
            throw refuse("may not read files or other sources by themselves");
        }
        name(name.get());
    }

    private void name(TableIdentifier name) {
        schema(name.database().getOrElse(() -> ""), name.unquotedString());
    }

    private void schema(String schema) {
        schema(schema, "schema " + schema);
    }

    private void schema(String schema, String whole) {
        if (!user.sees(schema) && !(start && schema.equalsIgnoreCase(START))) {
            throw refuse("may not see " + whole);
        }
    }

    private Refusal refuse(String what) {
        String allowed = user.schemas().isEmpty()
            ? "nothing: neither a login nor Connect opened this session"
            : "queries on " + String.join(", ", user.schemas())
                + " with built-in functions, and of their tables SHOW, DESCRIBE, EXPLAIN and USE";
        return new Refusal("LH4001", "User " + user.name() + " " + what + ". Allowed: " + allowed + ".");
    }
}
