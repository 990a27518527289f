/** Spark 4.2's aggregate functions, from SHOW FUNCTIONS; `aggregate` and `reduce` take an array and are none. */
export const aggregateFunctions: ReadonlySet<string> = new Set(
  `any any_value approx_count_distinct approx_percentile approx_top_k approx_top_k_accumulate approx_top_k_combine array_agg
  avg bit_and bit_or bit_xor bitmap_and_agg bitmap_construct_agg bitmap_or_agg bool_and bool_or collect_list collect_set corr
  count count_if count_min_sketch covar_pop covar_samp every first first_value grouping grouping_id histogram_numeric
  hll_sketch_agg hll_union_agg kll_merge_agg_bigint kll_merge_agg_double kll_merge_agg_float kll_sketch_agg_bigint
  kll_sketch_agg_double kll_sketch_agg_float kurtosis last last_value listagg max max_by mean measure median min min_by mode
  percentile percentile_approx percentile_cont percentile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope
  regr_sxx regr_sxy regr_syy schema_of_variant_agg skewness some std stddev stddev_pop stddev_samp string_agg sum
  theta_intersection_agg theta_sketch_agg theta_union_agg try_avg try_sum tuple_intersection_agg_double
  tuple_intersection_agg_integer tuple_sketch_agg_double tuple_sketch_agg_integer tuple_union_agg_double
  tuple_union_agg_integer var_pop var_samp variance`.split(/\s+/),
);

/** Functions that make several rows of one. */
export const generatorFunctions: ReadonlySet<string> = new Set(
  'explode explode_outer inline inline_outer json_tuple posexplode posexplode_outer stack variant_explode variant_explode_outer'.split(
    ' ',
  ),
);

/** Functions whose value depends on more than their arguments: chance, the clock, the user, the place in a file. */
export const volatileFunctions: ReadonlySet<string> = new Set(
  `curdate current_catalog current_database current_date current_schema current_time current_timestamp current_timezone
  current_user input_file_block_length input_file_block_start input_file_name localtimestamp monotonically_increasing_id now
  rand randn random randstr session_user shuffle spark_partition_id uniform user uuid version`.split(/\s+/),
);

/** Those of the volatile functions that are written without parentheses too. */
export const volatileKeywords: ReadonlySet<string> = new Set(
  'current_catalog current_database current_date current_schema current_time current_timestamp current_user localtimestamp session_user'.split(
    ' ',
  ),
);

/** Functions that call out of Spark, name tables in other ways than FROM does, or read what no contract describes. */
export const foreignFunctions: ReadonlySet<string> = new Set(
  'ai_query identifier java_method read_files read_kafka reflect stream table try_reflect'.split(' '),
);

/** Functions that raise on some input under ANSI mode, with what to write for them. */
export const raisingFunctions: ReadonlyMap<string, string> = new Map([
  ['aes_decrypt', 'try_aes_decrypt'],
  ['assert_true', 'a quality rule of the contract'],
  ['bigint', 'try_cast(… as bigint)'],
  ['binary', 'try_cast(… as binary)'],
  ['boolean', 'try_cast(… as boolean)'],
  ['conv', 'a quality rule and try_cast'],
  ['date', 'try_cast(… as date) or try_to_date'],
  ['decimal', 'try_cast(… as decimal(…))'],
  ['double', 'try_cast(… as double)'],
  ['element_at', 'try_element_at'],
  ['elt', 'try_element_at(array(…), …)'],
  ['float', 'try_cast(… as float)'],
  ['int', 'try_cast(… as int)'],
  ['make_date', "try_to_date(concat_ws('-', year, month, day))"],
  ['make_dt_interval', 'try_make_interval'],
  ['make_interval', 'try_make_interval'],
  ['make_time', 'try_to_time'],
  ['make_timestamp', 'try_make_timestamp'],
  ['make_timestamp_ltz', 'try_make_timestamp_ltz'],
  ['make_timestamp_ntz', 'try_make_timestamp_ntz'],
  ['mod', 'try_mod'],
  ['next_day', 'date_add and dayofweek'],
  ['parse_json', 'try_parse_json'],
  ['parse_url', 'try_parse_url'],
  ['pmod', 'try_mod'],
  ['raise_error', 'a quality rule of the contract'],
  ['smallint', 'try_cast(… as smallint)'],
  ['timestamp', 'try_cast(… as timestamp) or try_to_timestamp'],
  ['tinyint', 'try_cast(… as tinyint)'],
  ['to_binary', 'try_to_binary'],
  ['to_date', 'try_to_date'],
  ['to_number', 'try_to_number'],
  ['to_time', 'try_to_time'],
  ['to_timestamp', 'try_to_timestamp'],
  ['to_timestamp_ltz', 'try_to_timestamp'],
  ['to_timestamp_ntz', 'try_to_timestamp'],
  ['to_unix_timestamp', 'try_to_timestamp'],
  ['unix_timestamp', 'try_to_timestamp'],
  ['url_decode', 'try_url_decode'],
  ['validate_utf8', 'try_validate_utf8'],
  ['variant_get', 'try_variant_get'],
]);
