{# A test costs more than its query, so the keys of many models are one test. The rows name models and
   columns only: a key of a case may be the id of a child. #}
{% macro keys_hold(keys) -%}
{%- for key in keys %}
{%- if not loop.first %}
union all
{%- endif %}
select
    '{{ key[0] }}' as model_name,
    '{{ key[1:] | join(", ") | replace("'", "''") }}' as key_columns,
    concat(count(*), ' keys occur more than once or lack a part') as problem
from ({{ repeated_or_incomplete_keys(ref(key[0]), key[1:]) }}) as broken_keys
having count(*) > 0
{%- endfor %}
{%- endmacro %}
