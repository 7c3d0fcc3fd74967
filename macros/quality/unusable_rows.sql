{# The rows that no indicator can count (G22, G23, MD1, and PER-01), defined once: staging
   names the first in `unusable_for`, facts omit the row, and int_failures__rows_unusable lists them as quarantined. By staging model; a
   rule is (rule id, landed column to check, condition on the model's columns, kind), where the
   kind `missing` means that the column contains nothing readable. #}
{% macro unusable_rows() -%}
    {{ return({
        'people': [
            ('PER-01', 'pers_person_id', "person_id like 'NO-ID-%'", 'missing'),
        ],
        'early_help_requests': [
            ('EHP-01', 'ehrq_request_date', 'received_date is null', 'missing'),
        ],
        'early_help_cases': [
            ('EHP-09', 'ehcs_opened_date', 'opened_date is null', 'missing'),
            ('EHP-02', 'ehcs_closed_date', 'closed_date < opened_date', 'order'),
        ],
        'early_help_episodes': [
            ('EHP-09', 'earl_episode_start_date', 'joined_date is null', 'missing'),
            ('EHP-02', 'earl_episode_end_date', 'left_date < joined_date', 'order'),
        ],
        'contacts': [
            ('CON-01', 'cont_contact_date', 'received_date is null', 'missing'),
        ],
        'referrals': [
            ('REF-01', 'cine_referral_date', 'received_date is null', 'missing'),
            ('REF-02', 'cine_close_date', 'closed_date < received_date', 'order'),
        ],
        'assessments': [
            ('ASM-01', 'cina_assessment_start_date', 'start_date is null', 'missing'),
            ('ASM-02', 'cina_assessment_auth_date', 'authorised_date < start_date', 'order'),
        ],
        'cin_plans': [
            ('CNP-01', 'cinp_cin_plan_start_date', 'start_date is null', 'missing'),
            ('CNP-02', 'cinp_cin_plan_end_date', 'end_date < start_date', 'order'),
        ],
        's47_enquiries': [
            ('S47-01', 's47e_s47_start_date', 'strategy_date is null', 'missing'),
            ('S47-02', 's47e_s47_end_date', 'completed_date < strategy_date', 'order'),
        ],
        'cp_plans': [
            ('CPP-01', 'cppl_cp_plan_start_date', 'start_date is null', 'missing'),
            ('CPP-02', 'cppl_cp_plan_end_date', 'end_date < start_date', 'order'),
        ],
        'cp_visits': [
            ('CPV-01', 'cppv_cp_visit_date', 'visit_date is null', 'missing'),
        ],
        'lac_episodes': [
            ('LAC-01', 'clae_cla_episode_start_date', 'start_date is null', 'missing'),
            ('LAC-02', 'clae_cla_episode_ceased_date', 'end_date < start_date', 'order'),
        ],
        'legal_statuses': [
            ('LAC-18', 'lega_legal_status_start_date', 'start_date is null', 'missing'),
            ('LAC-18', 'lega_legal_status_end_date', 'end_date < start_date', 'order'),
        ],
        'placements': [
            ('PLC-01', 'clap_cla_placement_start_date', 'start_date is null', 'missing'),
            ('PLC-01', 'clap_cla_placement_end_date', 'end_date < start_date', 'order'),
        ],
        'lac_reviews': [
            ('LRV-01', 'clar_cla_review_date', 'held_date is null and due_date is null', 'missing'),
        ],
        'lac_visits': [
            ('LVS-02', 'clav_cla_visit_date', 'visit_date is null', 'missing'),
        ],
        'health_checks': [
            ('HLT-04', 'clah_health_check_date', 'check_date is null', 'missing'),
        ],
        'care_plans': [
            ('LCP-02', 'lacp_cla_care_plan_start_date', 'start_date is null', 'missing'),
            ('LCP-01', 'lacp_cla_care_plan_end_date', 'end_date < start_date', 'order'),
        ],
        'pathway_plans': [
            ('LCP-02', 'path_start_date', 'start_date is null', 'missing'),
            ('LCP-01', 'path_end_date', 'end_date < start_date', 'order'),
        ],
        'plan_reviews': [
            ('LCP-04', 'plrv_review_date', 'reviewed_date is null', 'missing'),
        ],
        'involvements': [
            ('WRK-03', 'invo_involvement_start_date', 'start_date is null', 'missing'),
            ('WRK-03', 'invo_professional_id', 'worker_id is null', 'missing'),
            (
                'WRK-03', 'invo_person_id',
                'recorded_person_id is null and referral_id is null', 'missing',
            ),
            ('WRK-12', 'invo_involvement_end_date', 'end_date < start_date', 'order'),
        ],
        'team_localities': [
            ('WRK-13', 'tloc_valid_from', 'valid_from is null', 'missing'),
        ],
        'carer_households': [
            ('FOS-05', 'fosh_approval_date', 'approved_date is null', 'missing'),
            ('FOS-01', 'fosh_ceased_date', 'ceased_date < approved_date', 'order'),
        ],
    }) }}
{%- endmacro %}
