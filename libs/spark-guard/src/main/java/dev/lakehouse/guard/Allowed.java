package dev.lakehouse.guard;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.*;
import org.apache.spark.sql.catalyst.catalog.HiveTableRelation;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FromAvro;
import org.apache.spark.sql.catalyst.expressions.FromProtobuf;
import org.apache.spark.sql.catalyst.expressions.PipeOperator;
import org.apache.spark.sql.catalyst.expressions.SchemaOfAvro;
import org.apache.spark.sql.catalyst.expressions.SchemaOfXml;
import org.apache.spark.sql.catalyst.expressions.ToAvro;
import org.apache.spark.sql.catalyst.expressions.ToProtobuf;
import org.apache.spark.sql.catalyst.expressions.TryReflect;
import org.apache.spark.sql.catalyst.expressions.UserDefinedExpression;
import org.apache.spark.sql.catalyst.expressions.XmlToStructs;
import org.apache.spark.sql.catalyst.plans.logical.*;
import org.apache.spark.sql.delta.commands.ShowDeltaTableColumnsCommand;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.command.*;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;

/**
 * What may stand in a statement: operators and commands that are listed here, and Spark's own functions less those that
 * reach outside. A new version of Spark brings functions that have to be looked at.
 */
final class Allowed {
    /** Of a query as it is parsed. */
    private static final Set<Class<?>> PARSED = Set.of(
        UnresolvedHaving.class, UnresolvedHint.class, UnresolvedInlineTable.class, UnresolvedQualify.class,
        UnresolvedRelation.class, UnresolvedSubqueryColumnAliases.class, UnresolvedTableValuedFunction.class,
        UnresolvedTVFAliases.class, UnresolvedWith.class, RelationTimeTravel.class, WithWindowDefinition.class,
        LimitAll.class, PipeOperator.class, Pivot.class, Unpivot.class);

    private static final Set<Class<?>> QUERY = Set.of(
        Aggregate.class, CTERelationDef.class, CTERelationRef.class, Deduplicate.class, Distinct.class,
        EmptyRelation.class, Except.class, Expand.class, Filter.class, Generate.class, GlobalLimit.class,
        Intersect.class, Join.class, LateralJoin.class, LocalLimit.class, LocalRelation.class, Offset.class,
        OneRowRelation.class, Project.class, Range.class, RebalancePartitions.class, Repartition.class,
        RepartitionByExpression.class, ResolvedHint.class, ResolvedInlineTable.class, Sample.class, Sort.class,
        Subquery.class, SubqueryAlias.class, Union.class, UnionLoop.class, UnionLoopRef.class, View.class,
        Window.class, WithCTE.class,
        // How Spark turns rows into objects and back; no statement can name them.
        DeserializeToObject.class, SerializeFromObject.class);

    /** Their tables are judged by name. No statement can name an RDD: it is what Spark and Delta make themselves. */
    private static final Set<Class<?>> TABLES = Set.of(
        LogicalRelation.class, LogicalRDD.class, DataSourceV2Relation.class, HiveTableRelation.class,
        ResolvedNamespace.class, ResolvedTable.class, ResolvedPersistentView.class, UnresolvedNamespace.class,
        CurrentNamespace$.class, UnresolvedTable.class, UnresolvedTableOrView.class);

    private static final Set<Class<?>> COMMANDS = Set.of(
        DescribeColumn.class, DescribeColumnCommand.class, DescribeDatabaseCommand.class, DescribeFunction.class,
        DescribeFunctionCommand.class, DescribeNamespace.class, DescribeQueryCommand.class, DescribeRelation.class,
        DescribeTableCommand.class, ExplainCommand.class, SetCatalogAndNamespace.class, ShowColumns.class,
        ShowColumnsCommand.class, ShowCreateTable.class, ShowCreateTableCommand.class,
        ShowCurrentNamespaceCommand.class, ShowDeltaTableColumnsCommand.class, ShowFunctions.class, ShowFunctionsCommand.class,
        ShowNamespacesCommand.class, ShowPartitions.class, ShowPartitionsCommand.class, ShowTableProperties.class,
        ShowTablePropertiesCommand.class, ShowTables.class, ShowTablesCommand.class, ShowTablesExtended.class,
        ShowViews.class, ShowViewsCommand.class,
        ResolvedNonPersistentFunc.class, ResolvedPersistentFunc.class, UnresolvedFunctionName.class);

    private static final Set<Class<?>> PLANS =
        Stream.of(PARSED, QUERY, TABLES, COMMANDS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    /** They call methods, or read what an option names: a descriptor, a schema, an address. */
    private static final Set<Class<?>> REFUSED_EXPRESSIONS = Set.of(
        CallMethodViaReflection.class, TryReflect.class, XmlToStructs.class, SchemaOfXml.class, FromAvro.class,
        ToAvro.class, SchemaOfAvro.class, FromProtobuf.class, ToProtobuf.class,
        ExpressionWithUnresolvedIdentifier.class);

    private static final Set<String> REFUSED_FUNCTIONS = Set.of(
        "reflect", "java_method", "try_reflect", "from_xml", "schema_of_xml", "from_avro", "to_avro",
        "schema_of_avro", "from_protobuf", "to_protobuf");

    private static final Set<String> TABLE_FUNCTIONS = Set.of(
        "collations", "explode", "explode_outer", "inline", "inline_outer", "json_tuple", "posexplode",
        "posexplode_outer", "range", "sql_keywords", "stack", "variant_explode", "variant_explode_outer");

    private Allowed() {}

    static boolean plan(LogicalPlan plan) {
        return PLANS.contains(plan.getClass());
    }

    static boolean expression(Expression expression) {
        return expression.getClass().getName().startsWith("org.apache.spark.sql.catalyst.")
            && !(expression instanceof UserDefinedExpression)
            && !REFUSED_EXPRESSIONS.contains(expression.getClass());
    }

    static boolean function(String name) {
        return !REFUSED_FUNCTIONS.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean tableFunction(String name) {
        return TABLE_FUNCTIONS.contains(name.toLowerCase(Locale.ROOT));
    }
}
